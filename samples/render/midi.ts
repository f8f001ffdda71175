/** Standard MIDI files, format 0: just the events that a piano performance needs, written and read. */

/** What happens, without its time. */
export type MidiMessage =
  | { readonly kind: "meta"; readonly type: number; readonly body: readonly number[] }
  | { readonly kind: "off"; readonly pitch: number }
  | { readonly kind: "pedal"; readonly down: boolean }
  | { readonly kind: "on"; readonly pitch: number; readonly velocity: number };

/** A message at a position in ticks from the start. */
export type MidiEvent = MidiMessage & { readonly tick: number };

/** A message at a position in seconds, by the file's own tempo map. */
export type TimedMessage = MidiMessage & { readonly seconds: number };

/** Meta event types, as numbered in the standard. */
export const META = {
  copyright: 0x02,
  name: 0x03,
  marker: 0x06,
  end: 0x2f,
  tempo: 0x51,
  meter: 0x58,
  key: 0x59,
} as const;

const NOTE_OFF = 0x80;
const NOTE_ON = 0x90;
const CONTROL = 0xb0;
const META_EVENT = 0xff;
const DAMPER_PEDAL = 64;

/** On the same tick: what describes comes first, then what ends, then what begins. */
const RANK = { meta: 0, off: 1, pedal: 2, on: 3 } as const;

/** Bytes of a positive integer, high byte first. */
export function bigEndian(value: number, width: number): number[] {
  return Array.from({ length: width }, (_, i) => (value >> (8 * (width - 1 - i))) & 0xff);
}

/** Bytes of a text in ASCII. */
export function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0) & 0x7f);
}

/** Seven bits a byte, high bits first, the top bit set on all but the last. */
function variableLength(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

function messageBytes(message: MidiMessage): number[] {
  switch (message.kind) {
    case "meta":
      return [META_EVENT, message.type, ...variableLength(message.body.length), ...message.body];
    case "off":
      return [NOTE_OFF, message.pitch, 0];
    case "pedal":
      return [CONTROL, DAMPER_PEDAL, message.down ? 127 : 0];
    case "on":
      return [NOTE_ON, message.pitch, message.velocity];
  }
}

/** Events, in any order, → the bytes of a file. */
export function encodeMidi(events: readonly MidiEvent[], ticksPerCrotchet: number): Uint8Array {
  const sorted = events.toSorted((a, b) => a.tick - b.tick || RANK[a.kind] - RANK[b.kind]);
  const track: number[] = [];
  let tick = 0;
  for (const event of sorted) {
    track.push(...variableLength(event.tick - tick), ...messageBytes(event));
    tick = event.tick;
  }
  track.push(0, ...messageBytes({ kind: "meta", type: META.end, body: [] }));
  const format0with1track = [...bigEndian(0, 2), ...bigEndian(1, 2), ...bigEndian(ticksPerCrotchet, 2)];
  const chunk = (name: string, body: readonly number[]) => [
    ...ascii(name),
    ...bigEndian(body.length, 4),
    ...body,
  ];
  return Uint8Array.from([...chunk("MThd", format0with1track), ...chunk("MTrk", track)]);
}

/** The bytes of a file that `encodeMidi` wrote → its messages with their times. Refuses other kinds of event. */
export function decodeMidi(bytes: Uint8Array): TimedMessage[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x4d546864 || view.getUint16(8) !== 0)
    throw new Error("not a format 0 MIDI file");
  const ticksPerCrotchet = view.getUint16(12);
  const messages: TimedMessage[] = [];
  let at = 22;
  let seconds = 0;
  let secondsPerTick = 0.5 / ticksPerCrotchet;

  const byte = () => view.getUint8(at++);
  const variable = () => {
    for (let value = 0; ; ) {
      const next = byte();
      value = (value << 7) | (next & 0x7f);
      if (next < 0x80) return value;
    }
  };

  for (;;) {
    seconds += variable() * secondsPerTick;
    const status = byte();
    const first = byte();
    if (status === META_EVENT) {
      const length = variable();
      const body = Array.from(bytes.subarray(at, at + length));
      at += length;
      if (first === META.end) return messages;
      if (first === META.tempo) {
        const microseconds = body.reduce((value, next) => value * 256 + next, 0);
        secondsPerTick = (microseconds * 1e-6) / ticksPerCrotchet;
      }
      messages.push({ seconds, kind: "meta", type: first, body });
    } else {
      const second = byte();
      if (status === NOTE_OFF) messages.push({ seconds, kind: "off", pitch: first });
      else if (status === NOTE_ON) messages.push({ seconds, kind: "on", pitch: first, velocity: second });
      else if (status === CONTROL && first === DAMPER_PEDAL)
        messages.push({ seconds, kind: "pedal", down: second >= 64 });
      else throw new Error(`unexpected MIDI event 0x${status.toString(16)}`);
    }
  }
}
