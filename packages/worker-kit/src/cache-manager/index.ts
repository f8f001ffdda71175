export * from "./cache.ts";
export * from "./cache-manager.ts";
export * from "./counts.ts";
export * from "./memory.ts";
