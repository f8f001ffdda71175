/**
 * The transcription benchmark: `node training/src/cli/score-transcription.ts --data DIR --cache DIR`.
 *
 * Renders the report segments of src/transcription/segments.ts (played with pedal; no version of these passages served for
 * fitting or tuning) on four pianos, clean and as a telephone records them, hears them, and prints F1 of onset and pitch within
 * 50 ms: of all notes together, and the mean over the recordings. Options: `--soundfonts` a folder with .sf2 files, may
 * be given more than once; `--segments tuning` takes the tuning segments instead.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createPosteriorStream, extractNotes } from "@crescendai/performance-analysis/transcription";
import {
  type NoteScore,
  scoreNotes,
} from "../../../packages/performance-analysis/test/transcription/score-notes.ts";
import { openKernels } from "../data/ears.ts";
import { readPerformance } from "../render/performance.ts";
import { openCatalogue } from "../render/pianos/catalogue.ts";
import { fetchSources } from "../render/pianos/sources.ts";
import { renderCopy } from "../render/render-copy.ts";
import { HELD_OUT_PIANO } from "../render/schedule.ts";
import { readSegments } from "../transcription/segments.ts";

/** Every segment is played on two of these, in turn. */
const PIANOS = ["salamander", "fluid-grand", HELD_OUT_PIANO, "general-user-grand"] as const;
/** Rooms that one practises in at home; the renderer's others are school rooms and halls, with up to 12 m to the microphone. */
const HOME = new Set(["small room", "living room", "studio"]);

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    cache: { type: "string" },
    soundfonts: { type: "string", multiple: true, default: [] },
    segments: { type: "string", default: "report" },
  },
});
if (values.data === undefined || values.cache === undefined) throw new Error("--data and --cache are needed");
const midi = join(values.data, "midi");
const segments = await readSegments(midi);
const files = values.segments === "tuning" ? segments.tuning : segments.report;
const pianos = await openCatalogue(await fetchSources(values.cache, values.soundfonts));
const { kernel } = await openKernels();

const scores = new Map<string, NoteScore[]>();
for (const [index, file] of files.entries()) {
  const performance = readPerformance(await readFile(join(midi, file)));
  for (const turn of [0, 1]) {
    const piano = PIANOS[(index + 2 * turn) % PIANOS.length] ?? HELD_OUT_PIANO;
    for (const degradation of ["clean", "phone"] as const) {
      const seed = `transcription/${file}/${piano}`;
      const copy = await renderCopy(
        performance,
        { seed, pianos: new Map([[piano, 1]]), degradation },
        pianos,
      );
      const stream = createPosteriorStream(kernel);
      stream.push(copy.mono22k);
      const score = scoreNotes(extractNotes(stream.finish(), kernel), performance.notes);
      const { room } = copy.recipe;
      const place =
        room === undefined ? [] : [`phone, ${HOME.has(room.kind) ? "at home" : "hall or school"}`];
      for (const row of [degradation, ...place, `${degradation}, ${piano}`]) {
        scores.set(row, [...(scores.get(row) ?? []), score]);
      }
    }
  }
}

console.log(
  "recordings of                    number   notes  precision  recall   F1     mean F1  worst  onset error",
);
for (const [row, all] of [...scores].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const sum = (of: (score: NoteScore) => number) => all.reduce((total, score) => total + of(score), 0);
  const matched = sum((score) => score.matched);
  const [heard, played] = [sum((score) => score.heard), sum((score) => score.played)];
  const errors = all.flatMap((score) => score.errors).sort((a, b) => a - b);
  const quantile = (part: number) => 1000 * (errors[Math.floor(part * errors.length)] ?? 0);
  const spread = (quantile(0.84) - quantile(0.16)) / 2;
  console.log(
    [
      row.padEnd(32),
      String(all.length).padStart(6),
      String(played).padStart(8),
      (matched / heard).toFixed(3).padStart(8),
      (matched / played).toFixed(3).padStart(9),
      ((2 * matched) / (heard + played)).toFixed(3).padStart(8),
      (sum((score) => score.f1) / all.length).toFixed(3).padStart(8),
      Math.min(...all.map((score) => score.f1))
        .toFixed(2)
        .padStart(8),
      `${quantile(0.5).toFixed(1)} ± ${spread.toFixed(1)} ms`.padStart(14),
    ].join(" "),
  );
}
