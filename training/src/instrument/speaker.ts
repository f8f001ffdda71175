/** A voice that speaks, in place of an instrument. */

import { PIANO_RATE, type Piano } from "../render/pianos/piano.ts";
import { run } from "../render/process.ts";

/** What is read out: the beginnings of what people say before they play, and a little more. */
const SENTENCES = [
  "Good evening. I am going to play the first movement now, and please be kind, I have only had it for two weeks.",
  "Is it recording? I think it is. This is the second take, a little slower than the one before.",
  "Today I would like to talk about how to practise scales, because nobody likes them, and everybody needs them.",
  "When we listen to an old recording, the first thing that we hear is the room, and only then the hands.",
  "One, two, three, four. No, that was wrong. Let me begin again from the second line, where the melody comes back.",
] as const;
/** Voices of eSpeak NG, and variants that are other people. */
const VOICES = ["en-gb", "en-us", "de", "fr", "es", "it"] as const;
const VARIANTS = ["m1", "m3", "m5", "m7", "f1", "f2", "f3", "f4"] as const;

/** A speaker, drawn by its random source when it is asked to speak; the performance is left unread. Needs `espeak-ng`. */
export const SPEAKER: Piano = {
  name: "speech",
  async render(_performance, _setup, random) {
    const voice = `${random.pick(VOICES)}+${random.pick(VARIANTS)}`;
    const pace = `${Math.round(random.uniform(120, 190))}`;
    const pitch = `${Math.round(random.uniform(25, 70))}`;
    const text = [random.pick(SENTENCES), random.pick(SENTENCES)].join(" ");
    const spoken = await run("espeak-ng", ["--stdout", "-v", voice, "-s", pace, "-p", pitch, text]);
    const raw = await run(
      "ffmpeg",
      ["-v", "error", "-i", "-", "-f", "f32le", "-ac", "1", "-ar", `${PIANO_RATE}`, "-"],
      spoken,
    );
    const samples = new Float32Array(raw.buffer);
    return { left: samples, right: samples.slice() };
  },
};
