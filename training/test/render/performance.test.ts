import { type MidiEvent, writeMidi } from "midi-file";
import { expect, test } from "vitest";
import { pedalAt, readPerformance } from "../../src/render/performance.ts";

const TICKS = 480;

function fileOf(...tracks: MidiEvent[][]): Uint8Array {
  const header = {
    format: tracks.length > 1 ? 1 : 0,
    numTracks: tracks.length,
    ticksPerBeat: TICKS,
  } as const;
  return Uint8Array.from(writeMidi({ header, tracks }));
}

function on(deltaTime: number, noteNumber: number, velocity: number): MidiEvent {
  return { deltaTime, type: "noteOn", channel: 0, noteNumber, velocity };
}

function off(deltaTime: number, noteNumber: number): MidiEvent {
  return { deltaTime, type: "noteOff", channel: 0, noteNumber, velocity: 0 };
}

function tempo(deltaTime: number, microsecondsPerBeat: number): MidiEvent {
  return { deltaTime, type: "setTempo", microsecondsPerBeat, meta: true };
}

function control(deltaTime: number, controllerType: number, value: number): MidiEvent {
  return { deltaTime, type: "controller", channel: 0, controllerType, value };
}

const END: MidiEvent = { deltaTime: 960, type: "endOfTrack", meta: true };

test("times follow the tempo map, from another track too", () => {
  const { notes } = readPerformance(
    fileOf(
      [tempo(0, 1_000_000), tempo(TICKS, 250_000), END],
      [on(TICKS, 60, 80), off(TICKS, 60), on(0, 62, 90), off(TICKS, 62), END],
    ),
  );
  expect(notes).toEqual([
    { onset: 1, offset: 1.25, pitch: 60, velocity: 80 },
    { onset: 1.25, offset: 1.5, pitch: 62, velocity: 90 },
  ]);
});

test("without a tempo a crotchet lasts half a second; the silence after the last note isn't counted", () => {
  const { notes, duration } = readPerformance(fileOf([on(0, 60, 80), on(TICKS, 60, 0), END]));
  expect(notes).toEqual([{ onset: 0, offset: 0.5, pitch: 60, velocity: 80 }]);
  expect(duration).toBe(0.5);
});

test("a key struck again while it's down begins anew; a key never let go ends with the file", () => {
  const { notes } = readPerformance(fileOf([on(0, 60, 80), on(TICKS, 60, 70), END]));
  expect(notes.map(({ onset, offset }) => [onset, offset])).toEqual([
    [0, 0.5],
    [0.5, 1.5],
  ]);
});

test("the pedals keep their values in between", () => {
  const events = [
    on(0, 60, 80),
    control(0, 64, 40),
    control(TICKS, 64, 100),
    control(0, 67, 127),
    off(TICKS, 60),
    END,
  ];
  const { pedal, softPedal } = readPerformance(fileOf(events));
  expect([pedalAt(pedal, 0.2), pedalAt(pedal, 0.6)]).toEqual([40, 100]);
  expect([pedalAt(softPedal, 0.2), pedalAt(softPedal, 0.6)]).toEqual([0, 127]);
});

test("a file without notes is refused", () => {
  expect(() => readPerformance(fileOf([END]))).toThrow("no note");
});
