/** What the faults use of the runtime; its full types stand against those of Node and the DOM. */
declare module "cloudflare:workers" {
  export class WorkerEntrypoint<Env = unknown> {
    protected readonly env: Env;
  }
}
