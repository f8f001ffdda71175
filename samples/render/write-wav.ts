/** Renders the MIDI file with piano samples to mono 16-bit WAV; prints where the bars are, and the checksum. */

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { decodeMidi, META, type TimedMessage } from "./midi.ts";
import { type Piano, SAMPLE_RATE, withPiano } from "./piano.ts";
import { seededRandom } from "./random.ts";

/** Silence before the first note and after the last damper has come down, in seconds. */
const LEAD_IN = 0.25;
const TAIL = 0.1;
/** What a damper takes to silence a string, in seconds. */
const DAMPING = 0.14;
/** Loudness for a doubled velocity rises by this many times 6 dB. */
const VELOCITY_EXPONENT = 1.7;
/** Each semitone up is softer by this many decibels, as on the recorded instrument. */
const TILT = 0.08;
/** Loudest sample of the file, in decibels below full scale. */
const HEADROOM = 3;
/** Samples on either side that resampling looks at. */
const TAPS = 16;

/** A sounding string: seconds from the start of the file, hammer to damper. */
interface Tone {
  readonly pitch: number;
  readonly velocity: number;
  readonly start: number;
  readonly end: number;
}

/** Messages → tones. A key that is let go sounds on while the pedal is down; a key struck again is damped first. */
function tonesOf(messages: readonly TimedMessage[]): Tone[] {
  const sounding = new Map<number, { velocity: number; start: number; held: boolean }>();
  const tones: Tone[] = [];
  let pedal = false;
  const damp = (pitch: number, end: number) => {
    const tone = sounding.get(pitch);
    if (tone !== undefined) tones.push({ pitch, velocity: tone.velocity, start: tone.start, end });
    sounding.delete(pitch);
  };
  for (const message of messages) {
    const now = message.seconds + LEAD_IN;
    if (message.kind === "on") {
      damp(message.pitch, now);
      sounding.set(message.pitch, { velocity: message.velocity, start: now, held: true });
    } else if (message.kind === "off") {
      const tone = sounding.get(message.pitch);
      if (tone !== undefined && pedal) tone.held = false;
      else damp(message.pitch, now);
    } else if (message.kind === "pedal") {
      pedal = message.down;
      if (!pedal) for (const [pitch, tone] of [...sounding]) if (!tone.held) damp(pitch, now);
    }
  }
  return tones;
}

/** The value of `audio` between its samples, by a sinc under a raised cosine; silence beyond its ends. */
function valueBetween(audio: Float32Array, position: number): number {
  const centre = Math.floor(position);
  let sum = 0;
  for (let i = centre - TAPS + 1; i <= centre + TAPS; i++) {
    const x = position - i;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    sum += (audio[i] ?? 0) * sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / TAPS));
  }
  return sum;
}

/** Adds a tone to the mix: its sample at the right pitch and level, the attack on `start`, damped from `end`. */
async function addTone(mix: Float64Array, tone: Tone, piano: Piano): Promise<void> {
  const sample = await piano(tone.pitch, tone.velocity);
  const speed = 2 ** ((tone.pitch - sample.pitch) / 12);
  const gain = (tone.velocity / 64) ** VELOCITY_EXPONENT * 10 ** ((-TILT * (tone.pitch - 60)) / 20);
  const attack = sample.attack / speed;
  const first = Math.max(0, Math.ceil((tone.start - attack) * SAMPLE_RATE));
  const last = Math.min(mix.length, Math.floor((tone.end + DAMPING) * SAMPLE_RATE));
  for (let i = first; i < last; i++) {
    const seconds = i / SAMPLE_RATE;
    const damped = Math.max(0, (seconds - tone.end) / DAMPING);
    const fade = (0.5 + 0.5 * Math.cos(Math.PI * damped)) ** 2;
    const value = valueBetween(sample.audio, (seconds - tone.start + attack) * speed * SAMPLE_RATE);
    mix[i] = (mix[i] ?? 0) + gain * fade * value;
  }
}

/** Mono samples in ±1 → a 16-bit WAV file, with triangular dither of ±1 step. */
function encodeWav(mix: Float64Array): Uint8Array {
  const random = seededRandom(16);
  const bytes = Buffer.alloc(44 + 2 * mix.length);
  bytes.write("RIFF", 0, "ascii");
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8, "ascii");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(SAMPLE_RATE, 24);
  bytes.writeUInt32LE(2 * SAMPLE_RATE, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "ascii");
  bytes.writeUInt32LE(2 * mix.length, 40);
  mix.forEach((value, i) => {
    bytes.writeInt16LE(Math.round(32_767 * value + random() - random()), 44 + 2 * i);
  });
  return bytes;
}

const messages = decodeMidi(await readFile(new URL("../petzold-minuet-in-g.mid", import.meta.url)));
const tones = tonesOf(messages);
const lastDamper = tones.reduce((latest, tone) => Math.max(latest, tone.end), 0);
const mix = new Float64Array(Math.ceil((lastDamper + DAMPING + TAIL) * SAMPLE_RATE));
await withPiano(async (piano) => {
  for (const tone of tones) await addTone(mix, tone, piano);
});
const peak = mix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const wav = encodeWav(mix.map((value) => (value / peak) * 10 ** (-HEADROOM / 20)));
await writeFile(new URL("../petzold-minuet-in-g.wav", import.meta.url), wav);

for (const message of messages)
  if (message.kind === "meta" && message.type === META.marker)
    console.log((message.seconds + LEAD_IN).toFixed(2), String.fromCharCode(...message.body));
console.log((mix.length / SAMPLE_RATE).toFixed(3), "seconds,", wav.length, "bytes, SHA-256");
console.log(createHash("sha256").update(wav).digest("hex"));
