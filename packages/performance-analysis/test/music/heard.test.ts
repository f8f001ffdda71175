import { describe, expect, test } from "vitest";
import { createSpectrogram } from "../../src/features/spectrogram.ts";
import { createPartials } from "../../src/instrument/partials.ts";
import type { PianoOdds } from "../../src/instrument/piano-odds.ts";
import { strayShare } from "../../src/instrument/stray-sound.ts";
import { tellInstrument, tellKind } from "../../src/music/heard.ts";
import { findHum } from "../../src/music/hum.ts";
import { measureLevels } from "../../src/music/levels.ts";
import type { Note } from "../../src/music/note.ts";
import { pickOnsets } from "../../src/music/onsets.ts";
import { measureTimbre } from "../../src/music/timbre.ts";
import { createFrameAnalyser } from "../../src/signal/frame-analyser.ts";
import { every, notesAt, pseudoRandom, renderPiano, sine } from "../piano.ts";
import { openSignalKernel } from "../transcription/open-kernel.ts";

const KERNEL = openSignalKernel();

/** What the sound is told to be, with the notes that a transcriber would have found in it, and the odds of a piano. */
function tell(sound: Float32Array, notes: readonly Note[], piano: PianoOdds | null = null) {
  const analyser = createFrameAnalyser(KERNEL);
  const spectrogram = createSpectrogram(KERNEL);
  const partials = createPartials(KERNEL);
  analyser.push(sound);
  spectrogram.push(sound);
  partials.push(sound);
  const curves = analyser.curves();
  const levels = measureLevels(curves.power);
  const onsets = pickOnsets(curves.strength);
  const timbre = measureTimbre(curves, levels, onsets, notes, spectrogram.spectrogram());
  const stray = () => strayShare(partials.partials(), notes);
  const kind = tellKind(curves, levels, onsets, sound.length / 22_050);
  return tellInstrument(kind, { timbre, piano, stray }, false);
}

describe("what kind of sound it is, with the notes known", () => {
  const played = notesAt(every(0.3, 0.5, 8));
  const notes = played.map(({ time, pitch, length }) => ({
    onset: time,
    offset: time + length,
    pitch,
    salience: 0.6,
  }));

  test("a piano is music, and surely so", () => {
    const kind = tell(renderPiano(played, 9), notes);
    expect(kind.heard).toBe("music");
    expect(kind.confidence).toBeGreaterThan(0.7);
  });

  test("strings that are no piano's are named and hardly relied on; where it is doubtful, confidence falls and it is said", () => {
    const sound = renderPiano(played, 9);
    expect(tell(sound, notes, { odds: -2, notes: 15 })).toMatchObject({
      heard: "music",
      confidence: 0.2,
      unlikePiano: "plainly",
    });
    const doubtful = tell(sound, notes, { odds: -0.5, notes: 15 });
    expect(doubtful).toMatchObject({ heard: "music", unlikePiano: "perhaps" });
    expect(doubtful.confidence).toBeLessThan(0.6);
    expect(tell(sound, notes, { odds: 2, notes: 15 })).toMatchObject({ confidence: 1, unlikePiano: null });
  });

  test("a handful of notes is enough for doubt, not for naming; fewer say nothing", () => {
    const sound = renderPiano(played, 9);
    expect(tell(sound, notes, { odds: -4, notes: 5 })).toMatchObject({
      heard: "music",
      unlikePiano: "perhaps",
    });
    expect(tell(sound, notes, { odds: -4, notes: 2 })).toMatchObject({ heard: "music", unlikePiano: null });
  });

  const usual = {
    seconds: 8,
    notesPerSecond: 5,
    onsetsPerSecond: 5,
    onsetsWithNote: 0.8,
    noteLength: 0.2,
    wavering: 2,
    leaping: 0.3,
    flatness: 0.2,
    lateAttack: -4,
  };
  const told = (timbre: typeof usual, strays = 0) =>
    tellInstrument({ heard: "music", confidence: 1 }, { timbre, piano: null, stray: () => strays }, false);

  test("the highest keys, struck briefly, are music whose pitch stays, though hammers knock beside them", () => {
    expect(told(usual, 0.3)).toMatchObject({ heard: "music", unlikePiano: null });
    expect(told({ ...usual, leaping: 0.7 }, 0.3).heard).toBe("other_instrument");
    expect(told({ ...usual, wavering: 5 }, 0.3).heard).toBe("other_instrument");
  });

  test("many notes under one pedal are as flat as noise, and are music where a piano's strings are heard in it", () => {
    const noise = { heard: "noise", confidence: 0.9 } as const;
    const clues = { timbre: usual, stray: () => 0 };
    const heardAs = (odds: number, notes: number) =>
      tellInstrument(noise, { ...clues, piano: { odds, notes } }, false);
    expect(heardAs(1, 80)).toMatchObject({ heard: "music", confidence: 0.5, unlikePiano: null });
    expect(heardAs(1, 7).heard).toBe("noise");
    expect(heardAs(0, 80).heard).toBe("noise");
  });

  test("music that is unlike a piano's in two ways may be another instrument's, whatever its strings", () => {
    expect(told({ ...usual, wavering: 30, lateAttack: 6 })).toMatchObject({ unlikePiano: "perhaps" });
    expect(told({ ...usual, wavering: 30 })).toMatchObject({ heard: "music", unlikePiano: null });
  });

  test("bursts of noise without a note in them are another instrument: drums", () => {
    const random = pseudoRandom(3);
    const sound = new Float32Array(22_050 * 8);
    for (const time of every(0.25, 0.3, 7.5)) {
      const first = Math.round(time * 22_050);
      for (let index = 0; index < 3000; index += 1) {
        sound[first + index] = (random() - 0.5) * Math.exp(-index / 600);
      }
    }
    expect(tell(sound, []).heard).toBe("other_instrument");
  });

  test("less than five seconds are too short", () => {
    expect(tell(renderPiano(notesAt(every(0.3, 0.2, 4)), 4.5), notes).heard).toBe("too_short");
  });
});

describe("hum", () => {
  function humIn(sound: Float32Array) {
    const spectrogram = createSpectrogram(KERNEL);
    spectrogram.push(sound);
    return findHum(spectrogram.spectrogram());
  }

  test("of 50 or 60 Hz with its partials is found under the music, and a low note isn't one", () => {
    const music = renderPiano(notesAt(every(0.3, 0.5, 8)), 9);
    for (const mains of [50, 60]) {
      const partials = [1, 2, 3].map((partial) => sine(mains * partial, 9, 22_050, 0.01 / partial));
      const humming = music.map((sample, index) =>
        partials.reduce((sum, partial) => sum + (partial[index] ?? 0), sample),
      );
      expect(humIn(humming)?.frequency).toBe(mains);
    }
    const low = renderPiano(
      every(0.5, 0.2, 8).map((time) => ({ time, pitch: 31, level: -10, length: 0.3 })),
      9,
    );
    expect(humIn(music)).toBeNull();
    expect(humIn(low)).toBeNull();
  });

  test("is found where silence was added to the recording, at its ends or in place of what was cut out", () => {
    const music = renderPiano(notesAt(every(0.3, 0.5, 8)), 9);
    const hum = [50, 100, 150].map((frequency) => sine(frequency, 9, 22_050, 0.01));
    const humming = music.map((sample, index) => hum.reduce((sum, one) => sum + (one[index] ?? 0), sample));
    for (const from of [0, 4, 8.5]) {
      const cut = humming.map((sample, index) =>
        index >= from * 22_050 && index < (from + 0.5) * 22_050 ? 0 : sample,
      );
      expect(humIn(cut)?.frequency).toBe(50);
    }
  });

  test("is found where it beats against low notes of nearly its frequency", () => {
    const hum = [50, 100, 150].map((frequency) => sine(frequency, 12, 22_050, 0.02));
    for (const pitch of [31, 32]) {
      const bass = renderPiano(
        every(1.2, 0.2, 11).map((time) => ({ time, pitch, level: -20, length: 1 })),
        12,
      );
      const humming = bass.map((sample, index) => hum.reduce((sum, one) => sum + (one[index] ?? 0), sample));
      expect(humIn(bass)).toBeNull();
      expect(humIn(humming)?.frequency).toBe(50);
    }
  });

  test("isn't heard in low notes that are held throughout, but for a moment between them", () => {
    const seconds = 2.2;
    const silent = 0.12;
    for (const mains of [50, 60]) {
      const partials = [1, 2, 3].map((partial) => sine(mains * partial, 14, 22_050, 0.1 / partial));
      const held = partials[0].map((_, index) => {
        const since = (index / 22_050) % seconds;
        const envelope = since > seconds - silent ? 0 : Math.exp(-1.5 * since);
        return envelope * partials.reduce((sum, partial) => sum + partial[index], 0);
      });
      expect(humIn(held)).toBeNull();
    }
  });
});
