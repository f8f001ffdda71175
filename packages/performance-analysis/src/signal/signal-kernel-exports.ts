/** What `signal-kernel.wasm` exports; its assembly says what each does. */
export interface SignalKernelExports {
  readonly memory: { readonly buffer: ArrayBufferLike; grow(pages: number): unknown };
  freeMemory(): number;
  prepare(): void;
  weightedSums(
    samples: number,
    starts: number,
    table: number,
    rows: number,
    taps: number,
    count: number,
    sums: number,
  ): void;
  halvingSums(samples: number, table: number, taps: number, count: number, sums: number): void;
  samplesPointer(): number;
  magnitudesPointer(): number;
  magnitudes(length: number): void;
  synthesisWindowPointer(): number;
  statePointer(channel: number): number;
  linesPointer(): number;
  subbandsPointer(): number;
  soundPointer(): number;
  runHybrid(channel: number, count: number, longLines: number, blockType: number): void;
  runPolyphase(channel: number): void;
}

const FUNCTIONS = [
  "freeMemory",
  "prepare",
  "weightedSums",
  "halvingSums",
  "samplesPointer",
  "magnitudesPointer",
  "magnitudes",
  "synthesisWindowPointer",
  "statePointer",
  "linesPointer",
  "subbandsPointer",
  "soundPointer",
  "runHybrid",
  "runPolyphase",
] as const satisfies readonly (keyof SignalKernelExports)[];

export function isSignalKernel(exports: object): exports is SignalKernelExports {
  const members = new Map<string, unknown>(Object.entries(exports));
  const memory = members.get("memory");
  return (
    FUNCTIONS.every((name) => typeof members.get(name) === "function") &&
    typeof memory === "object" &&
    memory !== null &&
    "grow" in memory
  );
}
