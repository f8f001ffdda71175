import { expect, test } from "vitest";
import { dynamicsFindings } from "../../src/findings/dynamics.ts";
import type { HeardNote } from "../../src/music/note.ts";
import { hearNotes } from "../music/listening.ts";
import { endOf, LEAD_IN, study } from "../music/performances.ts";

/** What is told of a change of loudness between two moments of such notes. */
function toldOf(notes: readonly HeardNote[], arc: { start: number; end: number; change_db: number }) {
  const end = endOf(study(3));
  const measurements = { loudest: null, softest: null, dynamic_arc: [arc] };
  return dynamicsFindings(
    { played: { start: 0, end }, measurements },
    null,
    hearNotes(notes, end).reading,
  ).filter(({ kind }) => kind === "crescendo" || kind === "diminuendo");
}

/** Three bars of which each second's notes are struck by so many dB more. */
function struck(rise: number): HeardNote[] {
  return study(3).map((note) => ({
    ...note,
    level: note.level + rise * (note.onset - LEAD_IN),
    salience: 1,
  }));
}

test("notes that only die away are no diminuendo, notes that are struck more and more softly are", () => {
  const fall = { start: LEAD_IN, end: endOf(study(3)), change_db: -6 };
  expect(toldOf(struck(0.2), fall)).toEqual([]);
  expect(toldOf(struck(-0.5), fall)).toMatchObject([{ start: LEAD_IN, evidence: { change_db: -6 } }]);
});

test("what is louder than the end of a held chord before it is no crescendo; notes that are struck more and more strongly are", () => {
  const rise = { start: LEAD_IN + 2, end: LEAD_IN + 5, change_db: 6 };
  expect(toldOf(struck(0.5), rise)).toMatchObject([{ kind: "crescendo" }]);
  const afterHold = struck(0.5).filter(({ onset }) => onset < LEAD_IN + 1 || onset > LEAD_IN + 2.9);
  expect(toldOf(afterHold, rise)).toEqual([]);
});
