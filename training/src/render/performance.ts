/** A performance as it was played: keys and pedals with their times, read from a standard MIDI file. */

import { type MidiEvent, parseMidi } from "midi-file";

/** One key pressed and let go. */
export interface PlayedNote {
  /** Seconds from the start of the file. */
  readonly onset: number;
  /** When the key came up, in seconds from the start; always after the onset. */
  readonly offset: number;
  /** MIDI note number, 21 (A0) to 108 (C8) on a piano. */
  readonly pitch: number;
  /** MIDI velocity, 1 to 127. */
  readonly velocity: number;
}

/** A pedal's position from a moment on, until the next point. */
export interface PedalPoint {
  /** Seconds from the start of the file. */
  readonly time: number;
  /** 0 (up) to 127 (down). */
  readonly value: number;
}

/** What was played. */
export interface Performance {
  /** By onset, then pitch. */
  readonly notes: readonly PlayedNote[];
  /** Sustain pedal (controller 64), by time; up before the first point. */
  readonly pedal: readonly PedalPoint[];
  /** Soft pedal (controller 67), by time; up before the first point. */
  readonly softPedal: readonly PedalPoint[];
  /** When the last key came up, in seconds: whatever silence the file has after it is left out. */
  readonly duration: number;
}

const SUSTAIN_PEDAL = 64;
const SOFT_PEDAL = 67;
/** Microseconds a crotchet before the first tempo event (Standard MIDI Files 1.0). */
const DEFAULT_TEMPO = 500_000;
/** Shortest key press, in seconds: a note that ends on its own tick would be no note. */
const SHORTEST = 0.005;

interface TimedEvent {
  readonly tick: number;
  readonly event: MidiEvent;
}

/** All tracks' events in the order of their ticks; within a tick, in the file's order. */
function merged(tracks: readonly (readonly MidiEvent[])[]): TimedEvent[] {
  const events = tracks.flatMap((track) => {
    let tick = 0;
    return track.map((event) => {
      tick += event.deltaTime;
      return { tick, event };
    });
  });
  return events.sort((a, b) => a.tick - b.tick);
}

/**
 * Reads a standard MIDI file of format 0 or 1 (all channels as one player; tempo map followed).
 *
 * A key struck again while it's down ends there and begins anew; a key never let go ends with the file. Sostenuto
 * (controller 66) and everything else but the sustain and the soft pedal is left out. Throws on a file that isn't MIDI,
 * counts time in frames, or holds no note.
 */
export function readPerformance(bytes: Uint8Array): Performance {
  const { header, tracks } = parseMidi(bytes);
  const { ticksPerBeat } = header;
  if (ticksPerBeat === undefined) throw new Error("a MIDI file that counts in frames isn't read");
  const notes: PlayedNote[] = [];
  const pedal: PedalPoint[] = [];
  const softPedal: PedalPoint[] = [];
  const down = new Map<number, { readonly onset: number; readonly velocity: number }>();
  let secondsPerTick = (DEFAULT_TEMPO * 1e-6) / ticksPerBeat;
  let tick = 0;
  let time = 0;

  const letGo = (pitch: number): void => {
    const key = down.get(pitch);
    if (key === undefined) return;
    down.delete(pitch);
    notes.push({ ...key, pitch, offset: Math.max(time, key.onset + SHORTEST) });
  };

  for (const { tick: at, event } of merged(tracks)) {
    time += (at - tick) * secondsPerTick;
    tick = at;
    if (event.type === "setTempo") secondsPerTick = (event.microsecondsPerBeat * 1e-6) / ticksPerBeat;
    else if (event.type === "noteOff") letGo(event.noteNumber);
    else if (event.type === "noteOn") {
      letGo(event.noteNumber);
      if (event.velocity > 0) down.set(event.noteNumber, { onset: time, velocity: event.velocity });
    } else if (event.type === "controller") {
      if (event.controllerType === SUSTAIN_PEDAL) pedal.push({ time, value: event.value });
      if (event.controllerType === SOFT_PEDAL) softPedal.push({ time, value: event.value });
    }
  }
  for (const pitch of [...down.keys()]) letGo(pitch);
  if (notes.length === 0) throw new Error("no note in the MIDI file");
  notes.sort((a, b) => a.onset - b.onset || a.pitch - b.pitch);
  const duration = notes.reduce((latest, { offset }) => Math.max(latest, offset), 0);
  return { notes, pedal, softPedal, duration };
}

/** A pedal's value (0 to 127) at a time in seconds. */
export function pedalAt(curve: readonly PedalPoint[], time: number): number {
  let value = 0;
  for (const point of curve) {
    if (point.time > time) break;
    value = point.value;
  }
  return value;
}
