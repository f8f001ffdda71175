/** Hears the recordings that the judgement of instruments is fitted to, and keeps what was heard. */

import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import {
  createEars,
  describeNotes,
  FRAME_RATE,
  type FrameCurves,
  type FramePartials,
  measureLevels,
  measureTimbre,
  type Note,
  pickOnsets,
  strayShare,
  type Timbre,
  tellKind,
} from "@crescendai/performance-analysis/instrument";
import { levelOfByte } from "@crescendai/performance-analysis/listening";
import type { Kernels } from "../data/ears.ts";
import { renderSubject, type Stage } from "./render-subject.ts";

/** What is kept of a recording: all that the judgement of its instrument could rest on. */
interface KeptSound {
  readonly curves: FrameCurves;
  readonly notes: readonly Note[];
  /** The spectrogram's rows. */
  readonly rows: readonly Uint8Array[];
  /** The partials' frames. */
  readonly parts: readonly FramePartials[];
}

/** What the judgement rests on. */
export interface HeardSubject {
  /** Described by `describeNotes`. */
  readonly notes: readonly Float32Array[];
  /** Null where next to nothing sounds. */
  readonly timbre: Timbre | null;
  /** Share of the sound that no string gives, 0 to 1. */
  readonly stray: number;
  /** What it is without a look at the notes. */
  readonly kind: ReturnType<typeof tellKind>;
}

/** Hears the subject with this number, unless the folder has it already. */
export async function hearSubject(
  number: number,
  stage: Stage,
  kernels: Kernels,
  folder: string,
): Promise<HeardSubject> {
  const file = join(folder, `${number}.heard`);
  const bytes = await readFile(file).catch(() => null);
  if (bytes !== null) {
    const kept: KeptSound = deserialize(bytes);
    return describe(kept);
  }
  const kept = hear(inSixteenBits(await renderSubject(number, stage)), kernels);
  await writeFile(`${file}.part`, serialize(kept));
  await rename(`${file}.part`, file);
  return describe(kept);
}

/** The sound as a file of 16 bits holds it; what exceeds full scale is clipped. */
function inSixteenBits(sound: Float32Array): Float32Array {
  return sound.map((sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767) / 32_768);
}

function hear(sound: Float32Array, { kernel, signal }: Kernels): KeptSound {
  const ears = createEars(kernel, signal);
  ears.push(sound);
  const { curves, spectrogram, partials, notes } = ears.finish();
  return {
    curves,
    notes,
    rows: Array.from({ length: spectrogram.frames }, (_, frame) => spectrogram.row(frame).slice()),
    parts: Array.from({ length: partials.frames }, (_, frame) => partials.frame(frame)),
  };
}

function describe({ curves, notes, rows, parts }: KeptSound): HeardSubject {
  const spectrogram = {
    frames: rows.length,
    bands: rows[0]?.length ?? 0,
    row: (frame: number) => rows[frame],
    level: (frame: number, band: number) => levelOfByte(rows[frame][band]),
  };
  const partials = { frames: parts.length, frame: (index: number) => parts[index] };
  const levels = measureLevels(curves.power);
  const onsets = pickOnsets(curves.strength);
  return {
    notes: describeNotes(notes, partials),
    timbre: measureTimbre(curves, levels, onsets, notes, spectrogram),
    stray: strayShare(partials, notes),
    kind: tellKind(curves, levels, onsets, curves.power.length / FRAME_RATE),
  };
}
