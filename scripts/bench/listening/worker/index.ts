/**
 * Listens to the file that the address names, with what the feedback worker listens with, and says what came of it. With
 * `?collect`, garbage is collected all along, so that what is held can be told from what is left lying.
 */

import noteKernelWeights from "@crescendai/note-kernel/basic-pitch.bin";
import noteKernel from "@crescendai/note-kernel/note-kernel.wasm";
import {
  analyse,
  type ByteSource,
  createNoteKernel,
  createSignalKernel,
  parseListeningModel,
} from "@crescendai/performance-analysis";
import listeningModel from "@crescendai/performance-analysis/listening-model.bin";
import signalKernel from "@crescendai/signal-kernel/signal-kernel.wasm";

interface Env {
  /** The files of the benchmark, by name; ranges are served. */
  readonly FILES: { fetch(url: string, init?: RequestInit): Promise<Response> };
}

/** Seconds of sound after which the runtime gets its turn, as in the feedback worker. */
const BREATH_SECONDS = 2;

const tools = {
  kernel: createNoteKernel(new WebAssembly.Instance(noteKernel).exports, noteKernelWeights),
  signal: createSignalKernel(new WebAssembly.Instance(signalKernel).exports),
  model: parseListeningModel(new Uint8Array(listeningModel)),
};

export default {
  async fetch(request: Request, { FILES }: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const collect = searchParams.has("collect");
    let breathedAt = 0;
    const heard = await analyse(await openFile(FILES, `http://files${pathname}`), tools, {
      onProgress: async (seconds) => {
        if (seconds - breathedAt < BREATH_SECONDS) return;
        breathedAt = seconds;
        if (collect) globalThis.gc();
        await new Promise((resolve) => setTimeout(resolve, 0));
      },
    });
    if (!heard.ok) return new Response(heard.error.message, { status: 422 });
    const { heard: kind, analysed_duration, findings, sections } = heard.value;
    return Response.json({
      heard: kind,
      analysed_duration,
      findings: findings.length,
      sections: sections.length,
    });
  },
};

/** A file over HTTP, in ranges, as the feedback worker has it from its bucket. */
async function openFile(files: Env["FILES"], url: string): Promise<ByteSource> {
  const head = await files.fetch(url, { method: "HEAD" });
  return {
    size: Number(head.headers.get("content-length")),
    async read(offset, length) {
      const answer = await files.fetch(url, { headers: { range: `bytes=${offset}-${offset + length - 1}` } });
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}
