import { COUNTED_NOTES_MS } from "../practice/subject.ts";
import { practiceTempo } from "../register.ts";
import { counted, figure, span, whole } from "../wording.ts";
import { type Describer, tell } from "./tell.ts";

const EVENNESS = "Evenness";
const CHORDS = "Chords";
/** Share of what was measured that the next recording should stay under: a change that is heard and measured. */
const NEXT_SHARE = 2 / 3;
/** Fastest clicks a minute that a player can place single notes on. */
const FASTEST_CLICK = 160;

/** A click for so many notes, at a rate that can be played to: 1, 2, 4 or 8 notes. */
function clickFor(intervalMs: number) {
  const rate = 60_000 / Math.max(20, intervalMs);
  const notes = [1, 2, 4].find((count) => rate / count <= FASTEST_CLICK) ?? 8;
  return { notes, tempo: rate / notes, each: notes === 1 ? "each note" : `every ${notes} notes` };
}

/** Running notes that come unevenly: a matter of fingers where they are quick, of counting or of freedom where they aren't. */
export const describeUnevenRuns: Describer<"uneven_runs"> = (evidence, finding, telling) =>
  evidence.interval_ms < COUNTED_NOTES_MS
    ? describeUnevenFingers(evidence, finding, telling)
    : describeUnevenCounting(evidence, finding, telling);

const describeUnevenFingers: Describer<"uneven_runs"> = (evidence, finding, telling) => {
  const off = whole(evidence.unevenness_ms);
  const at = span(finding);
  const { tempo, each } = clickFor(evidence.interval_ms);
  const from = practiceTempo(tempo, telling);
  return tell(finding, telling, {
    topic: "evenness",
    weight: "area",
    category: EVENNESS,
    measured: `${off} ms off an even spacing of ${whole(evidence.interval_ms)} ms`,
    headline: {
      usual: `The running notes at ${at} are uneven.`,
      simple: `The quick notes at ${at} don't come evenly yet.`,
      terse: `${at}: runs uneven, ${off} ms.`,
    },
    observation: {
      usual: `At ${at} the running notes come about ${off} ms early or late, where one follows another every ${whole(evidence.interval_ms)} ms.`,
      simple: `In the quick notes at ${at} some come too early and some too late, by about ${off} thousandths of a second.`,
      terse: `${counted(Math.round(evidence.notes), "note")} at ${at}: ${off} ms off, at ${whole(evidence.interval_ms)} ms a note.`,
    },
    advice: {
      usual:
        "Uneven runs mostly come from one finger or one crossing of the thumb: find it slowly before you play faster.",
      simple: "Play them slowly and listen: is it the same finger that hurries each time?",
      terse: "Find the finger or the crossing that causes it.",
    },
    exercise: {
      focus: {
        usual: `Make the running notes at ${at} even.`,
        simple: `Make the quick notes at ${at} equal.`,
      },
      instruction: {
        usual: `Practise ${at} in dotted rhythm (long–short), then the reverse, then in groups of four with a rest on each first note; then evenly with a click to ${each} at ${from} BPM, then faster step by step.`,
        simple: `Play ${at} with a long–short rhythm, then short–long. Then play all notes equal with the metronome at ${from}, one click to ${each}.`,
        terse: `${at}: dotted both ways, groups of four, then a click to ${each} from ${from} BPM up.`,
      },
      minutes: 8,
      success: {
        usual: `these notes stray by less than ${whole(evidence.unevenness_ms * NEXT_SHARE)} ms in the next recording (now ${off})`,
        simple: `the next recording measures less than ${whole(evidence.unevenness_ms * NEXT_SHARE)} thousandths of a second here (now ${off})`,
      },
    },
  });
};

const describeUnevenCounting: Describer<"uneven_runs"> = (evidence, finding, telling) => {
  const off = whole(evidence.unevenness_ms);
  const apart = whole(evidence.interval_ms);
  const at = span(finding);
  const { tempo, each } = clickFor(evidence.interval_ms);
  const from = practiceTempo(tempo, telling);
  return tell(finding, telling, {
    topic: "evenness",
    // Without one pulse to follow, all of it may be played freely: only the player knows whether that was meant.
    weight: telling.tempo === null ? "remark" : "area",
    category: EVENNESS,
    measured: `${off} ms off an even spacing of ${apart} ms`,
    headline: {
      usual: `The notes at ${at} follow each other unevenly, unless that freedom is meant.`,
      simple: `The notes at ${at} don't come evenly, unless you meant that.`,
      terse: `${at}: spacing uneven, ${off} ms, unless meant.`,
    },
    observation: {
      usual: `At ${at} one note follows another every ${apart} ms, about ${off} ms early or late.`,
      simple: `At ${at} some notes come too early and some too late, by about ${off} thousandths of a second.`,
      terse: `${counted(Math.round(evidence.notes), "note")} at ${at}: ${off} ms off, at ${apart} ms a note.`,
    },
    advice: {
      usual:
        "At this pace it's a matter of counting rather than of fingers: keep the freedom if you meant it; if not, feel the smaller note values through it.",
      simple:
        "If you didn't mean it, count aloud while you play: each note gets its full length, and no more.",
      terse: "Keep it if meant; else subdivide.",
    },
    exercise: {
      focus: {
        usual: `Equal notes in time at ${at}, unless the freedom is meant.`,
        simple: `Make the notes at ${at} equal, unless you meant them otherwise.`,
      },
      instruction: {
        usual: `Play ${at} once with a click to ${each} at ${from} BPM, saying the note values aloud; then at the tempo, with a click to every second beat; then without it, and let only what you want move.`,
        simple: `Count ${at} aloud. Then play it with the metronome at ${from}, one click to ${each}. Then play it without.`,
        terse: `${at}: a click to ${each} at ${from} BPM, then sparser clicks, then none.`,
      },
      minutes: 6,
      success: {
        usual: `these notes stray by less than ${whole(evidence.unevenness_ms * NEXT_SHARE)} ms in the next recording (now ${off}) where no freedom is meant`,
        simple: `the next recording measures less than ${whole(evidence.unevenness_ms * NEXT_SHARE)} thousandths of a second here (now ${off})`,
      },
    },
  });
};

/** Running notes that come evenly. */
export const describeEvenRuns: Describer<"even_runs"> = (evidence, finding, telling) => {
  const off = whole(evidence.unevenness_ms);
  const at = span(finding);
  return tell(finding, telling, {
    topic: "evenness",
    weight: "strength",
    category: EVENNESS,
    measured: `${off} ms off an even spacing of ${whole(evidence.interval_ms)} ms`,
    headline: {
      usual: `Even running notes at ${at}.`,
      simple: `Your quick notes at ${at} are even.`,
      terse: `${at}: runs even, ${off} ms.`,
    },
    observation: {
      usual: `At ${at}, ${counted(Math.round(evidence.notes), "running note")} stray from an even spacing by only about ${off} ms.`,
      simple: `The quick notes at ${at} follow each other evenly, like pearls on a string.`,
      terse: `${counted(Math.round(evidence.notes), "note")} within about ${off} ms of even at ${at}.`,
    },
    advice: {
      usual: "Even enough to shape: give each run a note that it goes to.",
      simple: "Now let each run grow towards its last note.",
      terse: "Shape them now.",
    },
    exercise: {
      focus: {
        usual: `Shape the runs at ${at} as evenly as they run.`,
        simple: `Let the runs at ${at} grow.`,
      },
      instruction: {
        usual: `Play ${at} with a crescendo to the top note of each run and back, then the other way round, without the rhythm following the loudness.`,
        simple: `Play ${at} getting louder, then getting softer. Keep the notes just as even.`,
        terse: `${at}: crescendo and diminuendo through each run, rhythm unmoved.`,
      },
      minutes: 5,
      success: {
        usual: `the runs have a shape and are still within about ${off} ms of even`,
        simple: `they get louder and softer, and stay even`,
      },
    },
  });
};

/** Chords whose notes don't fall together. */
export const describeChordsApart: Describer<"chords_not_together"> = (evidence, finding, telling) => {
  const spread = whole(evidence.spread_ms);
  const at = span(finding);
  return tell(finding, telling, {
    topic: "chords",
    weight: "area",
    category: CHORDS,
    measured: `${spread} ms from first note to last over ${counted(Math.round(evidence.chords), "chord")}`,
    headline: {
      usual: `The chords at ${at} don't quite fall together.`,
      simple: `The notes of the chords at ${at} don't sound at the same time.`,
      terse: `${at}: chords spread, ${spread} ms.`,
    },
    observation: {
      usual: `At ${at} about ${spread} ms pass between the first and the last note of a chord (${counted(Math.round(evidence.chords), "chord")}).`,
      simple: `At ${at} one note of a chord often comes before the others: you can hear them one after another.`,
      terse: `${counted(Math.round(evidence.chords), "chord")} at ${at}: ${spread} ms from first note to last.`,
    },
    advice: {
      usual:
        "Unless they are meant to be rolled: be on all the keys before you play, and let the arm go once.",
      simple: "Touch all the keys of a chord first. Then play them with one move of the arm.",
      terse: "Unless rolled on purpose, prepare on the keys.",
    },
    exercise: {
      focus: { usual: `One sound to a chord at ${at}.` },
      instruction: {
        usual: `At ${at}, block each chord: place the hand silently, check every finger's contact, play with one drop of the arm, listen for a single sound, move to the next position in good time. Then one hand sounding while the other only touches its keys, and change.`,
        simple: `At ${at}, put your fingers on a chord without a sound. Wait. Play it with one drop of the arm. Then go on to the next one.`,
        terse: `${at}: silent preparation, one drop; then one hand ghosted against the other.`,
      },
      minutes: 6,
      success: {
        usual: `a chord there takes less than ${whole(evidence.spread_ms * NEXT_SHARE)} ms from first note to last (now ${spread})`,
        simple: `each chord is one sound, not two`,
      },
    },
  });
};

/** Chords whose notes fall together. */
export const describeChordsTogether: Describer<"chords_together"> = (evidence, finding, telling) => {
  const spread = whole(evidence.spread_ms);
  const at = span(finding);
  return tell(finding, telling, {
    topic: "chords",
    weight: "strength",
    category: CHORDS,
    measured: `${spread} ms from first note to last over ${counted(Math.round(evidence.chords), "chord")}`,
    headline: {
      usual: `Chords that fall together (${at}).`,
      simple: `Your chords sound as one (${at}).`,
      terse: `${at}: chords together, ${spread} ms.`,
    },
    observation: {
      usual: `The notes of a chord fall within about ${figure(evidence.spread_ms)} ms of each other (${counted(Math.round(evidence.chords), "chord")}, ${at}).`,
      simple: `All the notes of your chords at ${at} sound at the same moment.`,
      terse: `${counted(Math.round(evidence.chords), "chord")}: ${figure(evidence.spread_ms)} ms from first note to last (${at}).`,
    },
    advice: {
      usual: "With this security you can voice them: lean on the finger that has the melody.",
      simple: "Now try to make the top note of each chord a little louder.",
      terse: "Voice them now.",
    },
    exercise: {
      focus: { usual: `Voice the chords at ${at}.`, simple: `Let the top of the chords at ${at} sing.` },
      instruction: {
        usual: `Play the chords at ${at} three times each: top note loudest, then the middle, then the bass, still as one sound.`,
        simple: `Play each chord at ${at} so that you hear its top note best.`,
        terse: `${at}: voice top, middle, bass in turn without spreading.`,
      },
      minutes: 5,
      success: {
        usual: `you can choose which note is heard, and the chords stay within about ${figure(evidence.spread_ms)} ms`,
        simple: `somebody else can sing the top notes after you`,
      },
    },
  });
};
