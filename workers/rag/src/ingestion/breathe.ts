/**
 * Lets the runtime turn to others. Work whose every step is answered from within the runtime, as locally all are, never waits
 * for anything outside: meanwhile no connection is read and no answer written, for as long as a large document takes.
 */
export function breathe(): Promise<void> {
  return scheduler.wait(0);
}
