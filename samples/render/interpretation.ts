/**
 * How the notes are played: pulse, breath, dynamics, touch and pedal. Positions are bars from 1, with the
 * fraction of the bar behind the point: 8.5 is the middle of bar 8.
 */

import { ascii, bigEndian, META, type MidiEvent, type MidiMessage } from "./midi.ts";
import { seededRandom } from "./random.ts";
import { BARS, BEATS_PER_BAR, SCORE, type ScoreNote } from "./score.ts";

/** Resolution of the file, in ticks a crotchet. */
export const TICKS_PER_CROTCHET = 480;

/** Places on a line: position in bars, and the value there. */
type Line = readonly (readonly [bar: number, value: number])[];

/** Pulse in crotchets a minute. Bars 9-14 run about 7 % ahead of bars 1-7: the rush. */
const PULSE: Line = [
  [1, 131],
  [2.5, 135],
  [6.5, 135],
  [8, 130],
  [8.9, 114],
  [9, 141],
  [11, 143],
  [14.6, 147],
  [15.3, 136],
  [16, 112],
  [16.5, 84],
  [17, 64],
];

/** The hesitation before bar 9, in seconds, on top of what the pulse gives. */
const BREATH_SECONDS = 1.25;

/** Where the breath is taken, in crotchets: the last eighth part of the last crotchet of bar 8. */
const BREATH_FROM = 8 * BEATS_PER_BAR - 0.125;
const BREATH_TO = 8 * BEATS_PER_BAR;

/** Right-hand loudness as MIDI velocity: one arch to bar 4, a fuller one to bar 12, each with its diminuendo. */
const DYNAMICS: Line = [
  [1, 60],
  [3, 68],
  [4, 78],
  [5, 72],
  [7, 60],
  [8, 56],
  [8.9, 50],
  [9, 64],
  [11, 74],
  [12, 86],
  [13, 80],
  [14.5, 68],
  [15.5, 57],
  [16, 50],
  [17, 46],
];

/** How much softer the left hand is, in velocity; less where it has quavers, which lead (bars 8 and 12). */
const LEFT_SOFTER = 17;
const LEFT_LEADING_SOFTER = 7;

/** The left hand comes in this many ticks after the right, so that the tune speaks first (10 ms at 132). */
const MELODY_LEAD = 11;

/** Largest accidental unevenness: ticks of timing (8 ms at 132), units of velocity. */
const UNEVEN_TICKS = 8;
const UNEVEN_VELOCITY = 2;

/** Pedal as [down, up] in bars: where one harmony fills a bar, caught after the beat, and to the end. */
const PEDAL: readonly (readonly [down: number, up: number])[] = [
  [2.06, 2.62],
  [4.06, 4.62],
  [10.06, 10.3],
  [12.06, 12.3],
  [16.06, 17],
];

/** The value of a line at a position: straight between its points, flat beyond them. */
function valueAt(line: Line, bar: number): number {
  let [fromBar, from] = line[0] ?? [0, 0];
  for (const [toBar, to] of line) {
    if (bar < toBar)
      return toBar === fromBar ? to : from + ((to - from) * (bar - fromBar)) / (toBar - fromBar);
    [fromBar, from] = [toBar, to];
  }
  return from;
}

/** Crotchets from the start → position in bars. */
function barOf(beat: number): number {
  return 1 + beat / BEATS_PER_BAR;
}

/** The part of its written length that a note is held: quavers joined, crotchets apart, long notes sung out. */
function heldPart(note: ScoreNote): number {
  if (note.beats < 1) return note.beat === BREATH_TO - 0.5 ? 0.75 : 1.02;
  if (note.beats > 1) return 0.94;
  if (note.hand === "left") return 0.84;
  return note.beat % BEATS_PER_BAR === 0 ? 0.9 : 0.7;
}

/** Stress of the metre in velocity: first beat, the other beats, between the beats. */
function stress(beat: number): number {
  if (beat % BEATS_PER_BAR === 0) return 4;
  return Number.isInteger(beat) ? -1 : -4;
}

function velocityOf(note: ScoreNote): number {
  const accompanying = note.beats < 1 ? LEFT_LEADING_SOFTER : LEFT_SOFTER;
  return valueAt(DYNAMICS, barOf(note.beat)) + stress(note.beat) - (note.hand === "left" ? accompanying : 0);
}

/** The tempo of a stretch given in crotchets: the pulse in its middle, with the breath if it falls there. */
function tempo(from: number, to: number): MidiMessage {
  const breath = from === BREATH_FROM ? BREATH_SECONDS / (to - from) : 0;
  const secondsPerCrotchet = 60 / valueAt(PULSE, barOf((from + to) / 2)) + breath;
  return { kind: "meta", type: META.tempo, body: bigEndian(Math.round(1e6 * secondsPerCrotchet), 3) };
}

/** The whole performance, in no particular order. */
export function perform(): MidiEvent[] {
  const random = seededRandom(114);
  const uneven = (most: number) => most * (random() + random() - 1);
  const ticks = (beats: number) => Math.round(beats * TICKS_PER_CROTCHET);
  const text = (type: number, body: string): MidiMessage => ({ kind: "meta", type, body: ascii(body) });

  const head: MidiMessage[] = [
    text(META.name, "Christian Petzold: Minuet in G, BWV Anh. 114, bars 1-16"),
    text(META.copyright, "Piece: public domain. Performance: CrescendAI Server, MIT."),
    { kind: "meta", type: META.meter, body: [BEATS_PER_BAR, 2, 24, 8] },
    { kind: "meta", type: META.key, body: [1, 0] },
  ];
  const markers = Array.from({ length: BARS + 1 }, (_, index) => ({
    tick: ticks(index * BEATS_PER_BAR),
    ...text(META.marker, index < BARS ? `bar ${index + 1}` : "end"),
  }));
  const quavers = Array.from({ length: BARS * BEATS_PER_BAR * 2 }, (_, index) => index / 2);
  const tempi = [...quavers, BREATH_FROM]
    .toSorted((a, b) => a - b)
    .map((from, index, all) => ({ tick: ticks(from), ...tempo(from, all[index + 1] ?? from + 0.5) }));
  const notes = SCORE.flatMap((note): MidiEvent[] => {
    const late = (note.hand === "left" ? MELODY_LEAD : 0) + uneven(UNEVEN_TICKS);
    const tick = Math.max(0, Math.round(ticks(note.beat) + late));
    const velocity = Math.round(velocityOf(note) + uneven(UNEVEN_VELOCITY));
    return [
      { tick, kind: "on", pitch: note.pitch, velocity },
      { tick: tick + ticks(note.beats * heldPart(note)), kind: "off", pitch: note.pitch },
    ];
  });
  const pedal = PEDAL.flatMap(([down, up]): MidiEvent[] => [
    { tick: ticks((down - 1) * BEATS_PER_BAR), kind: "pedal", down: true },
    { tick: ticks((up - 1) * BEATS_PER_BAR), kind: "pedal", down: false },
  ]);
  return [...head.map((message) => ({ tick: 0, ...message })), ...markers, ...tempi, ...notes, ...pedal];
}
