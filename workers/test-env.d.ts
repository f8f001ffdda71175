/** What vitest adds to a worker's bindings (packages/worker-testing): the migrations that its tests apply. */
declare namespace Cloudflare {
  interface Env {
    readonly MIGRATIONS_RECORDINGS: import("cloudflare:test").D1Migration[];
    readonly MIGRATIONS_CONTEXT: import("cloudflare:test").D1Migration[];
    readonly MIGRATIONS_FEEDBACK: import("cloudflare:test").D1Migration[];
  }
}
