/** Writes the performance as a MIDI file. Needs nothing but Node. */

import { writeFile } from "node:fs/promises";
import { perform, TICKS_PER_CROTCHET } from "./interpretation.ts";
import { encodeMidi } from "./midi.ts";

await writeFile(
  new URL("../petzold-minuet-in-g.mid", import.meta.url),
  encodeMidi(perform(), TICKS_PER_CROTCHET),
);
