import { expect, test } from "vitest";
import { dynamicsFindings } from "../../src/findings/dynamics.ts";
import { hearNotes } from "../music/listening.ts";
import { endOf, LEAD_IN, study } from "../music/performances.ts";

/** What is told of a fall of loudness by 6 dB through three bars of which each second's notes are struck by so many dB more. */
function toldOfFall(rise: number) {
  const seconds = endOf(study(3));
  const notes = study(3).map((note) => ({
    ...note,
    level: note.level + rise * (note.onset - LEAD_IN),
    salience: 1,
  }));
  const { reading } = hearNotes(notes, seconds);
  const measurements = {
    loudest: null,
    softest: null,
    dynamic_arc: [{ start: LEAD_IN, end: seconds, change_db: -6 }],
  };
  return dynamicsFindings({ played: { start: 0, end: seconds }, measurements }, null, reading).filter(
    ({ kind }) => kind === "diminuendo",
  );
}

test("notes that only die away are no diminuendo, notes that are struck more and more softly are", () => {
  expect(toldOfFall(0.2)).toEqual([]);
  expect(toldOfFall(-0.5)).toMatchObject([{ start: LEAD_IN, evidence: { change_db: -6 } }]);
});
