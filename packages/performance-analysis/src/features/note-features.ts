import type { HeardNote } from "../music/note.ts";
import { slope } from "../signal/statistics.ts";
import type { FeatureList } from "./feature-list.ts";

/** Seconds from one note to the next within which they are one attack: fingers of one chord are rarely further apart. */
const ATTACK = 0.035;
/** Seconds; keeps logarithms of times finite. */
const LEAST_TIME = 0.01;

interface Attack {
  readonly time: number;
  readonly notes: readonly HeardNote[];
  readonly top: HeardNote;
  readonly bottom: HeardNote;
}

/**
 * What notes say of a performance, after the features of symbolic performance research (PercePiano: Kim et al. 2024;
 * VirtuosoNet: Jeon et al. 2019): levels, lengths, intervals between onsets, chords, voices, polyphony, over all
 * notes that begin within [start, end) seconds. The notes are in order of onset.
 */
export function addNoteFeatures(
  list: FeatureList,
  all: readonly HeardNote[],
  start: number,
  end: number,
): void {
  const notes = all.filter(({ onset }) => onset >= start && onset < end);
  const attacks = groupAttacks(notes);
  const seconds = Math.max(1, (notes.at(-1)?.onset ?? 0) - (notes[0]?.onset ?? 0));
  list.addDistribution(
    "note_level",
    notes.map(({ level }) => level),
  );
  list.addDistribution(
    "note_pitch",
    notes.map(({ pitch }) => pitch),
  );
  list.addDistribution("note_length", notes.map(lengthOf));
  list.addDistribution(
    "note_log_length",
    notes.map((note) => Math.log(lengthOf(note) + LEAST_TIME)),
  );
  list.addDistribution(
    "note_salience",
    notes.map(({ salience }) => salience),
  );
  const intervals = differences(attacks.map(({ time }) => time));
  const logIntervals = intervals.map((interval) => Math.log(interval + LEAST_TIME));
  list.addDistribution("attack_log_interval", logIntervals);
  list.addDistribution("attack_log_interval_change", differences(logIntervals).map(Math.abs));
  list.add("notes_per_second", notes.length / seconds);
  list.add("attacks_per_second", attacks.length / seconds);
  list.add("notes_per_attack", notes.length / Math.max(1, attacks.length));
  const chords = attacks.filter((attack) => attack.notes.length > 1);
  list.addDistribution("chord_spread", chords.map(spreadOf));
  addVoices(list, attacks, chords);
  addLevelCourse(list, notes);
  addPolyphony(list, notes);
  addRegisters(list, notes);
}

function groupAttacks(notes: readonly HeardNote[]): Attack[] {
  const groups: HeardNote[][] = [];
  for (const note of notes) {
    const last = groups.at(-1);
    if (last !== undefined && note.onset - last[last.length - 1].onset < ATTACK) last.push(note);
    else groups.push([note]);
  }
  return groups.map((group) => ({
    time: group.reduce((sum, { onset }) => sum + onset, 0) / group.length,
    notes: group,
    top: group.reduce((a, b) => (b.pitch > a.pitch ? b : a)),
    bottom: group.reduce((a, b) => (b.pitch < a.pitch ? b : a)),
  }));
}

function addVoices(list: FeatureList, attacks: readonly Attack[], chords: readonly Attack[]): void {
  for (const voice of ["top", "bottom"] as const) {
    const line = attacks.map((attack) => attack[voice]);
    const levels = line.map(({ level }) => level);
    list.addDistribution(`${voice}_level`, levels);
    list.addDistribution(`${voice}_level_change`, differences(levels).map(Math.abs));
    list.addDistribution(`${voice}_length_ratio`, lengthRatios(line));
    list.addDistribution(`${voice}_pitch_change`, differences(line.map(({ pitch }) => pitch)).map(Math.abs));
  }
  const over = chords.map(({ notes, top }) => {
    const others = notes.filter((note) => note !== top);
    return top.level - others.reduce((sum, { level }) => sum + level, 0) / others.length;
  });
  list.addDistribution("top_over_others", over);
  list.add("top_over_bottom", meanOf(attacks.map(({ top, bottom }) => top.level - bottom.level)));
  list.addDistribution(
    "top_lead",
    chords.map(({ time, top }) => time - top.onset),
  );
}

/** Sounding length over the time to the voice's next note; 1 is joined, more overlaps. */
function lengthRatios(line: readonly HeardNote[]): number[] {
  return line.slice(0, -1).map((note, index) => {
    const interval = Math.max(0.03, line[index + 1].onset - note.onset);
    return Math.min(8, lengthOf(note) / interval);
  });
}

/** Levels and density over windows of two seconds, every second: the slow shape. */
function addLevelCourse(list: FeatureList, notes: readonly HeardNote[]): void {
  const levels: number[] = [];
  const counts: number[] = [];
  const first = notes[0]?.onset ?? 0;
  const last = notes.at(-1)?.onset ?? 0;
  let from = 0;
  for (let time = first; time < last; time += 1) {
    while (from < notes.length && notes[from].onset < time) from += 1;
    let sum = 0;
    let count = 0;
    for (let index = from; index < notes.length && notes[index].onset < time + 2; index += 1) {
      sum += notes[index].level;
      count += 1;
    }
    counts.push(count);
    if (count > 0) levels.push(sum / count);
  }
  list.addDistribution("level_course", levels);
  list.addDistribution("level_course_change", differences(levels).map(Math.abs));
  list.addDistribution("density_course", counts);
  list.add(
    "level_trend",
    slope(
      notes.map(({ onset }) => onset),
      notes.map(({ level }) => level),
    ),
  );
  list.add(
    "level_pitch_correlation",
    correlation(
      notes.map(({ pitch }) => pitch),
      notes.map(({ level }) => level),
    ),
  );
}

/** Every tenth of a second: how many notes sound, and how many of them lie within a whole tone of each other. */
function addPolyphony(list: FeatureList, notes: readonly HeardNote[]): void {
  const first = notes[0]?.onset ?? 0;
  const last = notes.at(-1)?.onset ?? 0;
  const sounding: number[] = [];
  const clashes: number[] = [];
  let active: HeardNote[] = [];
  let next = 0;
  for (let time = first; time <= last; time += 0.1) {
    while (next < notes.length && notes[next].onset <= time) {
      active.push(notes[next]);
      next += 1;
    }
    active = active.filter(({ offset }) => offset > time);
    const pitches = [...new Set(active.map(({ pitch }) => pitch))].sort((a, b) => a - b);
    sounding.push(pitches.length);
    clashes.push(differences(pitches).filter((apart) => apart <= 2).length);
  }
  list.addDistribution("polyphony", sounding);
  list.add("clashes_mean", meanOf(clashes));
  list.add("clashes_share", meanOf(clashes.map((count) => (count > 0 ? 1 : 0))));
}

/** MIDI pitches that part the registers: C3, C4, C5. */
const REGISTERS = [0, 48, 60, 72, 128];

function addRegisters(list: FeatureList, notes: readonly HeardNote[]): void {
  for (let index = 0; index + 1 < REGISTERS.length; index += 1) {
    const within = notes.filter(({ pitch }) => pitch >= REGISTERS[index] && pitch < REGISTERS[index + 1]);
    const source = within.length > 0 ? within : notes;
    list.add(`register${index}_share`, within.length / Math.max(1, notes.length));
    list.add(`register${index}_level`, meanOf(source.map(({ level }) => level)));
    list.add(
      `register${index}_log_length`,
      meanOf(source.map((note) => Math.log(lengthOf(note) + LEAST_TIME))),
    );
  }
}

function lengthOf({ onset, offset }: HeardNote): number {
  return offset - onset;
}

function spreadOf({ notes }: Attack): number {
  return notes[notes.length - 1].onset - notes[0].onset;
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - values[index]);
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pearson's correlation; 0 where one of both doesn't vary. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const back = slope(x, y) * slope(y, x);
  return back > 0 ? Math.sign(slope(x, y)) * Math.sqrt(back) : 0;
}
