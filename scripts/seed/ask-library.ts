/** Asks the administrators' interface of the library: the gateway with a key, or the service itself. */
export type AskLibrary = (
  path: string,
  init: { readonly method: string; readonly body?: string; readonly headers: Record<string, string> },
) => Promise<{ readonly status: number; text(): Promise<string> }>;
