import type { SeenRequest, Step } from "./script.ts";

/*
 * A provider of language models whose answers are written by a test, bound where the real one would be: what the SDK makes
 * of them, it makes of a real connection. Scripts are told apart by the model that is asked for.
 */

interface Play {
  readonly steps: readonly Step[];
  readonly requests: SeenRequest[];
  cancelled: number;
}

const plays = new Map<string, Play>();

export default {
  async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === "/script") return await directScript(request, url);
    const body: { model?: string } = await request.json();
    const play = plays.get(body.model ?? "");
    if (play === undefined) return Response.json({ error: { message: "no script" } }, { status: 404 });
    const step = play.steps[Math.min(play.requests.length, play.steps.length - 1)];
    play.requests.push({ path: url.pathname, headers: Object.fromEntries(request.headers), body });
    return await perform(step ?? {}, play);
  },
};

async function directScript(request: Request, url: URL): Promise<Response> {
  if (request.method === "POST") {
    const { model, steps }: { model: string; steps: Step[] } = await request.json();
    plays.set(model, { steps, requests: [], cancelled: 0 });
    return new Response(null, { status: 204 });
  }
  const { requests, cancelled } = plays.get(url.searchParams.get("model") ?? "") ?? {
    requests: [],
    cancelled: 0,
  };
  return Response.json({ requests, cancelled });
}

async function perform(step: Step, play: Play): Promise<Response> {
  const { status = 200, headers = {}, pieces = [], end = "close" } = step;
  if (end === "silence") await forEver();
  const encoder = new TextEncoder();
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = left.shift();
      if (piece !== undefined) return controller.enqueue(encoder.encode(piece));
      if (end === "close") return controller.close();
      if (end === "break") return controller.error(new Error("the connection breaks"));
      return await forEver();
    },
    cancel() {
      play.cancelled += 1;
    },
  });
  return new Response(body, { status, headers });
}

/** As long as nobody goes away: a timer, because the runtime ends a request that waits for nothing that can come. */
function forEver(): Promise<never> {
  return new Promise(() => {
    setInterval(() => undefined, 1000);
  });
}
