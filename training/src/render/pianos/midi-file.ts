/** Writes a performance as a MIDI file for a synthesiser to play. */

import { type MidiEvent, writeMidi } from "midi-file";
import { type Performance, pedalAt } from "../performance.ts";
import { type PianoSetup, SOFT_PEDAL_TOUCH, TAIL } from "./piano.ts";

/** At 500 ticks a crotchet and the default tempo of half a second, a tick is a millisecond. */
const TICKS_PER_CROTCHET = 500;
const TICKS_PER_SECOND = 1000;

const BANK = 0;
/** The channel of drums, counted from 0 (General MIDI 1). */
const DRUMS = 9;
const SUSTAIN_PEDAL = 64;
/** Registered parameter 1, fine tuning: 8192 is none, 0 and 16,383 are −100 and almost +100 cents (MIDI 1.0). */
const FINE_TUNING = [
  [101, 0],
  [100, 1],
] as const;
const DATA_MSB = 6;
const DATA_LSB = 38;

/** Which sound of a soundfont. */
export interface Preset {
  readonly bank: number;
  readonly program: number;
  /** Played on the channel of drums: the program is a kit, the bank is left out. */
  readonly drums?: boolean;
}

interface Scheduled {
  readonly seconds: number;
  /** On the same tick what sets up comes first, then what ends, then what begins. */
  readonly rank: number;
  readonly event: (deltaTime: number) => MidiEvent;
}

/** The velocity at which an instrument of 40 dB a decade is as loud as the setup asks for, 1 to 127. */
function touch(velocity: number, { dynamics }: PianoSetup): number {
  return Math.min(127, Math.max(1, Math.round(127 * (velocity / 127) ** dynamics)));
}

/**
 * The bytes of a MIDI file, format 0, that plays the performance on a preset.
 *
 * Every onset is `latency(pitch)` seconds earlier than played, for sounds that begin with silence; everything is
 * `lead` seconds later. The pedal is a switch, thrown in the middle of the setup's range.
 */
export function writePerformance(
  performance: Performance,
  setup: PianoSetup,
  preset: Preset,
  lead: number,
  latency: (pitch: number) => number,
): Uint8Array {
  const events: Scheduled[] = [];
  const channel = preset.drums === true ? DRUMS : 0;
  const add = (seconds: number, rank: number, event: Scheduled["event"]): void => {
    events.push({ seconds: Math.max(0, seconds), rank, event });
  };
  const control = (seconds: number, controllerType: number, value: number): void =>
    add(seconds, 1, (deltaTime) => ({ deltaTime, type: "controller", channel, controllerType, value }));

  if (preset.drums !== true) control(0, BANK, preset.bank);
  add(0, 1, (deltaTime) => ({ deltaTime, type: "programChange", channel, programNumber: preset.program }));
  const tuning = Math.round(8192 + 81.92 * setup.cents);
  for (const [controller, value] of FINE_TUNING) control(0, controller, value);
  control(0, DATA_MSB, tuning >> 7);
  control(0, DATA_LSB, tuning & 127);

  const threshold = (setup.halfPedal[0] + setup.halfPedal[1]) / 2;
  for (const { time, value } of performance.pedal) {
    control(time + lead, SUSTAIN_PEDAL, value >= threshold ? 127 : 0);
  }
  for (const { onset, offset, pitch, velocity } of performance.notes) {
    const soft = SOFT_PEDAL_TOUCH ** (pedalAt(performance.softPedal, onset) / 127);
    const key = { channel, noteNumber: pitch, velocity: touch(velocity * soft, setup) };
    // The key's end is as late as its beginning: a short note keeps its length.
    const early = lead - latency(pitch);
    add(onset + early, 3, (deltaTime) => ({ deltaTime, type: "noteOn", ...key }));
    add(offset + early, 2, (deltaTime) => ({ deltaTime, type: "noteOff", ...key }));
  }
  add(performance.duration + TAIL + lead, 4, (deltaTime) => ({ deltaTime, type: "endOfTrack", meta: true }));

  events.sort((a, b) => a.seconds - b.seconds || a.rank - b.rank);
  let tick = 0;
  const track = events.map(({ seconds, event }) => {
    const at = Math.round(seconds * TICKS_PER_SECOND);
    const delta = at - tick;
    tick = at;
    return event(delta);
  });
  const header = { format: 0, numTracks: 1, ticksPerBeat: TICKS_PER_CROTCHET } as const;
  return Uint8Array.from(writeMidi({ header, tracks: [track] }));
}
