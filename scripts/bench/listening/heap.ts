import { setTimeout as wait } from "node:timers/promises";

/** Looks at what an isolate holds: objects and the contents of array buffers (WebAssembly's memory among them), in MiB. */
export interface HeapWatch {
  /** The most it held at any look while `work` was done, garbage that wasn't collected yet included. */
  peakDuring(work: () => Promise<void>): Promise<number>;
  close(): void;
}

/** Milliseconds between looks: several in the time that two seconds of sound take. */
const LOOK_MS = 20;

const MEBIBYTE = 1024 * 1024;

/** Runtime.getHeapUsage in the Chrome DevTools Protocol, in bytes. */
interface HeapUsage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize: number;
  readonly backingStorageSize: number;
}

/**
 * Watches the isolate of a worker through the runtime's inspector. The inspector gets its turn whenever the worker waits:
 * not within one long computation, which the process' resident memory shows instead.
 */
export async function watchHeap(inspectorPort: number, worker: string): Promise<HeapWatch> {
  const socket = new WebSocket(`ws://127.0.0.1:${inspectorPort}/${worker}`);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    socket.addEventListener("error", () => reject(new Error("the inspector doesn't answer")), { once: true });
  });
  const waiting = new Map<number, (usage: HeapUsage) => void>();
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = JSON.parse(String(data));
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  let asked = 0;
  const usage = () =>
    new Promise<HeapUsage>((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      socket.send(JSON.stringify({ id: asked, method: "Runtime.getHeapUsage" }));
    });
  return {
    async peakDuring(work) {
      let peak = 0;
      let working = true;
      const looking = (async () => {
        while (working) {
          const { usedSize, embedderHeapUsedSize, backingStorageSize } = await usage();
          peak = Math.max(peak, (usedSize + embedderHeapUsedSize + backingStorageSize) / MEBIBYTE);
          await wait(LOOK_MS);
        }
      })();
      try {
        await work();
      } finally {
        working = false;
      }
      await looking;
      return peak;
    },
    close: () => socket.close(),
  };
}
