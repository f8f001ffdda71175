import type { SignalKernelExports } from "./signal-kernel-exports.ts";

/**
 * A view of the kernel's memory that is made once and not for every call: to make one costs more than to copy a hundred numbers.
 * Where the memory has grown, its old buffer is detached and views of it have no length any more: then it is made anew.
 *
 * @param make is given the memory's buffer; the view isn't empty.
 */
export function keepView<View extends { readonly length: number }>(
  { memory }: SignalKernelExports,
  make: (buffer: ArrayBufferLike) => View,
): () => View {
  let view = make(memory.buffer);
  return () => {
    if (view.length === 0) view = make(memory.buffer);
    return view;
  };
}
