/** For fitting and judging what tells a piano from other instruments: see training/src/instrument. */

export { createEars } from "../listening/ears.ts";
export { type InstrumentReading, tellInstrument, tellKind } from "../music/heard.ts";
export { measureLevels } from "../music/levels.ts";
export type { Note } from "../music/note.ts";
export { pickOnsets } from "../music/onsets.ts";
export { measureTimbre, type Timbre } from "../music/timbre.ts";
export { FRAME_RATE, type FrameCurves } from "../signal/frames.ts";
export { describeNotes } from "./describe-notes.ts";
export { meanOdds } from "./mean-odds.ts";
export type { FramePartials } from "./partials.ts";
export { strayShare } from "./stray-sound.ts";
