/**
 * A piano that never was: added up from partials, with a character drawn anew for every render, so that a model learns
 * what all pianos share instead of what a few recorded ones do.
 *
 * The physics is that of Fletcher and Rossing, "The Physics of Musical Instruments", 2nd ed., chapter 12: stiff
 * strings, a hammer that excludes the modes with a node at its striking point and that hardens with speed, two or three
 * strings a note whose beating and coupling give a fast and then a slow decay.
 */

import type { Performance, PlayedNote } from "../performance.ts";
import { pedalAt } from "../performance.ts";
import type { Random } from "../random.ts";
import { type Damping, followPedal } from "./damping.ts";
import {
  PIANO_RATE,
  type Piano,
  type PianoSetup,
  renderLength,
  SOFT_PEDAL_TOUCH,
  type StereoSound,
} from "./piano.ts";

/** What makes one such piano. */
interface Character {
  /** Inharmonicity B of A4 (partial n at n·f·√(1 + B n²)); real ones 0.0003 to 0.0012. */
  readonly inharmonicity: number;
  /** Where the hammer strikes, as a part of the string: 1/7 to 1/12. */
  readonly strike: number;
  /** Partial amplitude falls by this many dB an octave above the hammer's cut-off. */
  readonly slope: number;
  /** The hammer's cut-off frequency at velocity 64, in hertz. */
  readonly brightness: number;
  /** How much the cut-off rises with velocity: exponent. */
  readonly hardening: number;
  /** Seconds for A4's fundamental to lose 60 dB in the slow part of its decay. */
  readonly sustain: number;
  /** How much faster high partials decay: exponent on their number. */
  readonly decayTilt: number;
  /** Part of the energy in the fast first decay, and how much faster it is. */
  readonly prompt: number;
  readonly promptSpeed: number;
  /** Detuning within a note's strings, in cents. */
  readonly detuning: number;
  /** Level of the knock, against the note. */
  readonly knock: number;
  /** How much the bass is louder than the treble, in dB an octave. */
  readonly tilt: number;
  /** Width of the stereo image, 0 to 1. */
  readonly width: number;
  /** Resonances of the soundboard: frequency in hertz, gain in dB, width in octaves. */
  readonly resonances: readonly {
    readonly frequency: number;
    readonly gain: number;
    readonly width: number;
  }[];
}

/** Nothing is heard above, in what is kept of a render (11 kHz). */
const HIGHEST_PARTIAL = 11_000;
/** Partials below this level against the note's strongest aren't worth their time: −60 dB. */
const WEAKEST = 1e-3;
const MOST_PARTIALS = 36;
/** A partial that has fallen by 60 dB is given up. */
const SPENT = 1e-3;
/** Rise of the attack, in seconds, at the lowest and the highest key: the hammer's contact time. */
const CONTACT = [0.004, 0.0006] as const;

function drawCharacter(random: Random): Character {
  return {
    inharmonicity: random.logUniform(0.0003, 0.0014),
    strike: random.uniform(1 / 13, 1 / 7),
    slope: random.uniform(9, 20),
    brightness: random.logUniform(500, 2200),
    hardening: random.uniform(0.35, 1.1),
    sustain: random.logUniform(5, 16),
    decayTilt: random.uniform(0.3, 0.9),
    prompt: random.uniform(0.4, 0.85),
    promptSpeed: random.uniform(3, 8),
    detuning: random.logUniform(0.3, 3.5),
    knock: random.logUniform(0.02, 0.3),
    tilt: random.uniform(-1.5, 2.5),
    width: random.uniform(0.1, 0.8),
    resonances: Array.from({ length: 12 }, () => ({
      frequency: random.logUniform(60, 6000),
      gain: random.normal() * 4,
      width: random.uniform(0.1, 0.6),
    })),
  };
}

/** A partial as it will sound. */
interface Partial {
  /** Radians a sample. */
  readonly step: number;
  readonly amplitude: number;
  /** Factor on the amplitude a sample. */
  readonly decay: number;
  readonly phase: number;
}

function soundboard(character: Character, frequency: number): number {
  let gain = 0;
  for (const { frequency: centre, gain: most, width } of character.resonances) {
    gain += most * Math.exp(-0.5 * (Math.log2(frequency / centre) / width) ** 2);
  }
  return 10 ** (gain / 20);
}

/** The partials of a note: two for each mode, the prompt sound and the after-sound of detuned strings. */
function partialsOf(
  character: Character,
  pitch: number,
  velocity: number,
  cents: number,
  random: Random,
): Partial[] {
  const fundamental = 440 * 2 ** ((pitch - 69) / 12 + cents / 1200);
  // Inharmonicity about doubles every eight semitones above the middle, and flattens out in the wound bass strings.
  const stiffness = character.inharmonicity * 2 ** (Math.max(-20, pitch - 69) / 8);
  const cutoff = character.brightness * (velocity / 64) ** character.hardening * 2 ** ((pitch - 60) / 30);
  const sustain = character.sustain * 2 ** (-(pitch - 69) / 16);
  const modes: { frequency: number; amplitude: number; number: number }[] = [];
  for (let number = 1; number <= MOST_PARTIALS; number++) {
    const frequency = number * fundamental * Math.sqrt(1 + stiffness * number * number);
    if (frequency > HIGHEST_PARTIAL) break;
    const comb = Math.abs(Math.sin(Math.PI * number * character.strike)) + 0.05;
    const above = Math.max(0, Math.log2(frequency / cutoff));
    const amplitude =
      (comb *
        10 ** (-(character.slope * above + 3 * Math.log2(number)) / 20) *
        soundboard(character, frequency)) /
      (1 + (60 / frequency) ** 2);
    modes.push({ frequency, amplitude, number });
  }
  const power = Math.sqrt(modes.reduce((sum, { amplitude }) => sum + amplitude * amplitude, 0));
  const decayOf = (seconds: number): number => 10 ** (-3 / (seconds * PIANO_RATE));
  return modes
    .filter(({ amplitude }) => amplitude > WEAKEST * power)
    .flatMap(({ frequency, amplitude, number }) => {
      const slow = sustain * number ** -character.decayTilt * random.logUniform(0.7, 1.4);
      const detuned = frequency * 2 ** ((character.detuning * random.uniform(0.5, 1.5)) / 1200);
      const step = (2 * Math.PI) / PIANO_RATE;
      const level = amplitude / power;
      const phase = random.uniform(0, 2 * Math.PI);
      return [
        {
          step: step * frequency,
          amplitude: level * character.prompt,
          decay: decayOf(slow / character.promptSpeed),
          phase,
        },
        { step: step * detuned, amplitude: level * (1 - character.prompt), decay: decayOf(slow), phase },
      ];
    });
}

/** Adds a decaying sine to a buffer by a rotation a sample; stops when it's spent. */
function addPartial(buffer: Float32Array, { step, amplitude, decay, phase }: Partial, length: number): void {
  const audible = Math.min(
    length,
    Math.ceil(Math.log(SPENT * Math.min(1, 0.05 / amplitude)) / Math.log(decay)),
  );
  const turnReal = decay * Math.cos(step);
  const turnImaginary = decay * Math.sin(step);
  let real = amplitude * Math.cos(phase);
  let imaginary = amplitude * Math.sin(phase);
  for (let i = 0; i < audible; i++) {
    buffer[i] += imaginary;
    const next = real * turnReal - imaginary * turnImaginary;
    imaginary = real * turnImaginary + imaginary * turnReal;
    real = next;
  }
}

/** How many samples a note can sound: until it's damped, struck again, or the render ends. */
function soundingLength(note: PlayedNote, damping: Damping, restruck: number, end: number): number {
  const start = Math.round(note.onset * PIANO_RATE);
  const perSample = damping.decay(note);
  let level = 1;
  let at = Math.round(note.offset * PIANO_RATE);
  while (at < end && level > SPENT && at < restruck) {
    level *= perSample ** ((damping.contact[Math.floor(at / damping.block)] ?? 1) * damping.block);
    at += damping.block;
  }
  return Math.min(at, end, restruck) - start;
}

/** The dampers on a note that has sounded freely, the rise of its attack, and a fade at its end. */
function shape(buffer: Float32Array, note: PlayedNote, length: number, damping: Damping): void {
  const start = Math.round(note.onset * PIANO_RATE);
  const rise = Math.round((CONTACT[0] + ((CONTACT[1] - CONTACT[0]) * (note.pitch - 21)) / 87) * PIANO_RATE);
  for (let i = 0; i < rise && i < length; i++) buffer[i] *= 0.5 - 0.5 * Math.cos((Math.PI * i) / rise);
  const perSample = damping.decay(note);
  let level = 1;
  for (let i = Math.round((note.offset - note.onset) * PIANO_RATE); i < length; i++) {
    const contact = damping.contact[Math.floor((start + i) / damping.block)] ?? 1;
    if (contact > 0) level *= contact === 1 ? perSample : 1 + (perSample - 1) * contact;
    buffer[i] *= level;
  }
  const fade = Math.min(length, Math.round(0.01 * PIANO_RATE));
  for (let i = 0; i < fade; i++) buffer[length - 1 - i] *= i / fade;
}

/** The key's and the hammer's knock: noise through a low-pass, some hundredths of a second. */
function addKnock(buffer: Float32Array, level: number, pitch: number, random: Random): void {
  const samples = Math.min(buffer.length, Math.round(0.06 * PIANO_RATE));
  const smoothing = 0.03 + (0.15 * (pitch - 21)) / 87;
  let low = 0;
  for (let i = 0; i < samples; i++) {
    low += smoothing * (random.next() - 0.5 - low);
    buffer[i] += level * 6 * low * Math.exp(-i / (0.012 * PIANO_RATE));
  }
}

/** The piano of partials. Its character is drawn from the `random` given to each render. */
export const SYNTHESISED: Piano = {
  name: "synthesised",
  async render(performance: Performance, setup: PianoSetup, random: Random): Promise<StereoSound> {
    const character = drawCharacter(random.fork("character"));
    const length = renderLength(performance);
    const sound = { left: new Float32Array(length), right: new Float32Array(length) };
    const damping = followPedal(performance, setup, length);
    const restruck = new Map<number, number>();
    const buffer = new Float32Array(length);
    const strings = random.fork("strings");
    for (const note of performance.notes.toReversed()) {
      const end = restruck.get(note.pitch) ?? length;
      restruck.set(note.pitch, Math.round(note.onset * PIANO_RATE));
      const samples = soundingLength(note, damping, end, length);
      if (samples <= 0) continue;
      const voice = buffer.subarray(0, samples).fill(0);
      const velocity = note.velocity * SOFT_PEDAL_TOUCH ** (pedalAt(performance.softPedal, note.onset) / 127);
      const tuning = setup.cents + strings.normal() * character.detuning;
      for (const partial of partialsOf(character, note.pitch, velocity, tuning, strings)) {
        addPartial(voice, partial, samples);
      }
      addKnock(voice, character.knock, note.pitch, strings);
      shape(voice, note, samples, damping);
      const level =
        40 * setup.dynamics * Math.log10(velocity / 127) - (character.tilt * (note.pitch - 60)) / 12;
      place(sound, voice, note, 10 ** (level / 20), character.width);
    }
    return sound;
  },
};

/** Bass to the left, treble to the right, as the player sits. */
function place(sound: StereoSound, voice: Float32Array, note: PlayedNote, gain: number, width: number): void {
  const start = Math.round(note.onset * PIANO_RATE);
  const angle = (Math.PI / 4) * (1 + (width * (note.pitch - 64)) / 44);
  const left = gain * Math.cos(angle);
  const right = gain * Math.sin(angle);
  for (let i = 0; i < voice.length && start + i < sound.left.length; i++) {
    sound.left[start + i] += left * voice[i];
    sound.right[start + i] += right * voice[i];
  }
}
