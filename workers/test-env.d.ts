/** What vitest adds to a worker's bindings (packages/worker-testing): databases and the migrations that its tests apply. */
declare namespace Cloudflare {
  interface Env {
    readonly DB_RECORDINGS: D1Database;
    readonly DB_CONTEXT: D1Database;
    readonly DB_FEEDBACK: D1Database;
    readonly DB_RAG: D1Database;
    readonly DB_DEDALUS_ORCHESTRATOR: D1Database;
    readonly DB_CHAT: D1Database;
    readonly MIGRATIONS_RECORDINGS: import("cloudflare:test").D1Migration[];
    readonly MIGRATIONS_CONTEXT: import("cloudflare:test").D1Migration[];
    readonly MIGRATIONS_FEEDBACK: import("cloudflare:test").D1Migration[];
    readonly MIGRATIONS_RAG: import("cloudflare:test").D1Migration[];
    readonly MIGRATIONS_DEDALUS_ORCHESTRATOR: import("cloudflare:test").D1Migration[];
    readonly MIGRATIONS_CHAT: import("cloudflare:test").D1Migration[];
  }
}
