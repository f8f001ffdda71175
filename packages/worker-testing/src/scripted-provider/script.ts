/**
 * What the scripted provider does when it is asked: how it answers, with which pieces of a body (each sent as a chunk of its
 * own), and how that ends.
 */
export interface Step {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pieces?: readonly string[];
  /**
   * close: the body is complete. break: the connection breaks. hang: nothing more comes. silence: not even the headers come.
   */
  readonly end?: "close" | "break" | "hang" | "silence";
}

/** A request as the provider got it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What the provider has seen of the requests for one model. */
export interface Seen {
  readonly requests: readonly SeenRequest[];
  /** Answers whose reader went away before their end. */
  readonly cancelled: number;
}

interface Provider {
  fetch(input: string, init?: RequestInit): Promise<Response>;
}

/** Says what the provider does when it is asked for a model: step by step, the last one for ever. Forgets what it has seen. */
export async function playScript(provider: Provider, model: string, steps: readonly Step[]): Promise<void> {
  const body = JSON.stringify({ model, steps });
  await provider.fetch("https://provider.test/script", { method: "POST", body });
}

/** What the provider was asked for a model since its script began. */
export async function seenBy(provider: Provider, model: string): Promise<Seen> {
  const answer = await provider.fetch(`https://provider.test/script?model=${encodeURIComponent(model)}`);
  return await answer.json<Seen>();
}
