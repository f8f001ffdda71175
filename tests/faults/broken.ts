import { WorkerEntrypoint } from "cloudflare:workers";

/** In the place of a service that is down: whatever is asked of it throws, with what must stay inside. */
export default class Broken extends WorkerEntrypoint {
  fetch() {
    throw new Error("connect ECONNREFUSED secret-host-10.0.0.7");
  }

  health() {
    throw new Error("connect ECONNREFUSED secret-host-10.0.0.7");
  }
}
