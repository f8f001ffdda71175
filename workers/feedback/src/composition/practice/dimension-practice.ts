import type { Dimension } from "@crescendai/contracts";
import type { Wordings } from "../register.ts";

/** How something is practised where no single fault was found. */
export interface Practice {
  readonly focus: (place: string) => Wordings;
  /** `place` is "0:12–0:20" or "the piece"; `slowly` is "slowly" or "at 60 BPM". */
  readonly instruction: (place: string, slowly: string) => Wordings;
  readonly minutes: number;
}

interface DimensionPractice extends Practice {
  /** What to do about it over months. */
  readonly development: Wordings;
}

/** Exercises of common piano pedagogy, one for each dimension. */
export const DIMENSION_PRACTICE: { readonly [Name in Dimension]: DimensionPractice } = {
  note_accuracy: {
    focus: (place) => ({ usual: `No slips in ${place}.` }),
    instruction: (place, slowly) => ({
      usual: `Begin ${place} ${slowly} and find the fastest tempo at which nothing slips; three clean times in a row, then a little faster. After a slip, start the count again.`,
      simple: `Play ${place} ${slowly}. When it goes three times without a slip, go a little faster.`,
      terse: `${place}: three consecutive clean passes before each step up in tempo.`,
    }),
    minutes: 7,
    development: {
      usual:
        "Learn every new piece with fixed fingering and in small units with overlaps, so that no join is played less often than the rest.",
      simple:
        "Write your fingering down, and learn new music line by line, always with the step into the next.",
      terse:
        "Overlapping units, fingering fixed from the first day, regular play-throughs without correction.",
    },
  },
  rhythmic_precision: {
    focus: (place) => ({ usual: `A pulse that you feel in small values through ${place}.` }),
    instruction: (place, slowly) => ({
      usual: `Count the smallest note value of ${place} aloud while you play it ${slowly}; then with the metronome on every second beat only; then record it without.`,
      simple: `Count aloud through ${place} ${slowly}. Then clap the rhythm. Then play it again.`,
      terse: `${place}: subdivide aloud, then metronome on off-beats, then a recorded pass without.`,
    }),
    minutes: 7,
    development: {
      usual:
        "Begin each session with five minutes of scales or a study with the metronome on ever fewer beats, and record one piece a week without it.",
      simple: "Play one easy piece with the metronome every day, and one without.",
      terse: "Metronome at ever larger units; a weekly recording without it.",
    },
  },
  dynamics_control: {
    focus: (place) => ({ usual: `One plan of loud and soft for ${place}.` }),
    instruction: (place) => ({
      usual: `Mark the goal of each phrase in ${place}. Play it with twice the swell that seems right, listen to a recording of that, then take it back until it sounds natural.`,
      simple: `Choose the most important note of each line in ${place}. Grow towards it, then come away.`,
      terse: `${place}: exaggerate the plan, record, reduce.`,
    }),
    minutes: 6,
    development: {
      usual:
        "Practise scales and chords at five levels that a listener could name, and plan every new piece from its climax backwards.",
      simple: "Play scales soft, middle and loud. Find the loudest place of each new piece first.",
      terse: "Five distinct levels at will; plan from the climax.",
    },
  },
  articulation_quality: {
    focus: (place) => ({ usual: `Note endings in ${place}.` }),
    instruction: (place, slowly) => ({
      usual: `Play ${place} without pedal three times ${slowly}: all staccato, all legato, then as written; listen to how each note ends, not to how it begins.`,
      simple: `Play ${place} without pedal: all short, then all joined, then as it's written.`,
      terse: `${place} without pedal: staccato, legato, as written; attend to releases.`,
    }),
    minutes: 6,
    development: {
      usual: "Keep one two-part piece in practice, played each day with another articulation in each voice.",
      simple: "Play five-finger patterns with one hand short and the other joined, then change.",
      terse: "Two-part writing daily, with independent articulation in each voice.",
    },
  },
  pedaling_technique: {
    focus: (place) => ({ usual: `Pedal by ear in ${place}.` }),
    instruction: (place) => ({
      usual: `Play ${place} without pedal; then add it only where you miss it, the foot changing just after each new harmony; then try half pedal, and keep what is clear.`,
      simple: `Play ${place} without pedal. Then use it only where the hands can't join the notes.`,
      terse: `${place}: dry, then late pedal by ear, then half and quarter depths.`,
    }),
    minutes: 6,
    development: {
      usual:
        "Spend some minutes a week on the pedal alone: legato chords with late pedal, then half and flutter pedal, listening from across the room through a recording.",
      simple: "Practise chords with the foot: up with the new chord, down after it.",
      terse: "Depths of pedal by ear, checked on recordings from the hall's distance.",
    },
  },
  tone_quality: {
    focus: (place) => ({ usual: `Voice by voice through ${place}.` }),
    instruction: (place, slowly) => ({
      usual: `Play ${place} ${slowly} three times, bringing out one voice each time: the top, the bass, then the middle; the other voices as soft as they still speak.`,
      simple: `Play ${place} ${slowly} and let only the highest notes sing. Then only the lowest.`,
      terse: `${place}: one voice at a time, the others ghosted.`,
    }),
    minutes: 6,
    development: {
      usual:
        "Play slow chords each day, each with another finger leading, from the weight of the arm and without a hit.",
      simple: "Play slow notes and listen to each one until it has died away.",
      terse: "Voiced chords daily, all fingers in turn.",
    },
  },
  phrasing: {
    focus: (place) => ({ usual: `One breath to a phrase in ${place}.` }),
    instruction: (place) => ({
      usual: `Sing the line of ${place} and mark where you breathe. Play it with one goal note to a phrase, and let the last note of each be softer than the one before.`,
      simple: `Sing ${place}. Where do you breathe? Lift your hand there, and end each line softly.`,
      terse: `${place}: sing, mark breaths and goals, taper endings.`,
    }),
    minutes: 6,
    development: {
      usual: "Sing before you play, in every piece, and mark breaths and goals before fingerings.",
      simple: "Sing each new tune before you play it.",
      terse: "Breaths and goals marked before fingerings.",
    },
  },
  expressiveness: {
    focus: (place) => ({ usual: `More than one way to play ${place}.` }),
    instruction: (place) => ({
      usual: `Play ${place} in three characters, a question, a dance and a lullaby, record each, and keep what the music answers to.`,
      simple: `Play ${place} happily, then sadly, then like a secret. Which one fits?`,
      terse: `${place}: three opposed readings, recorded; keep what convinces.`,
    }),
    minutes: 6,
    development: {
      usual:
        "For each piece, keep two recordings of yourself that differ on purpose: expression grows from having a choice.",
      simple: "Play one piece in two moods each week.",
      terse: "Two deliberately different readings of each piece on record.",
    },
  },
  musical_interpretation: {
    focus: (place) => ({ usual: `A reason for each phrase of ${place}.` }),
    instruction: (place) => ({
      usual: `Write one word over each phrase of ${place}, play so that somebody else could guess it, and check on a recording whether you can.`,
      simple: `Tell a short story to ${place}, and play the story.`,
      terse: `${place}: one word a phrase, checked blind on a recording.`,
    }),
    minutes: 6,
    development: {
      usual: "Study harmony and form of what you play: know where each phrase comes from and where it goes.",
      simple: "Ask of each piece: where does it begin, where is the middle, where does it come home?",
      terse: "Harmonic and formal analysis before tempo and colour.",
    },
  },
  stylistic_appropriateness: {
    focus: (place) => ({ usual: `Two models for ${place}.` }),
    instruction: (place) => ({
      usual: `Listen to two recordings of this music by pianists you trust; note tempo, pedal and touch, and play ${place} each way before you choose yours.`,
      simple: `Listen to a pianist playing this music. What do they do in ${place} that you could try?`,
      terse: `${place}: two reference readings, imitated, then your own.`,
    }),
    minutes: 8,
    development: {
      usual: "Play and hear several pieces of the same composer side by side, dances and songs among them.",
      simple: "Listen to other pieces by the same composer.",
      terse: "The composer's songs, chamber music and sources beside the piano works.",
    },
  },
  overall_musicality: {
    focus: (place) => ({ usual: `Melody and bass as a duet in ${place}.` }),
    instruction: (place, slowly) => ({
      usual: `Play only melody and bass of ${place}, ${slowly}, as two singers would; when that is music by itself, add the rest beneath it.`,
      simple: `Play only the tune and the lowest notes of ${place}. Make it sound good. Then add the rest.`,
      terse: `${place}: outer voices as a duet, then the inner ones beneath.`,
    }),
    minutes: 7,
    development: {
      usual:
        "Play with others, or along with a singer's recording: breathing together teaches timing and line.",
      simple: "Play duets with somebody.",
      terse: "Chamber music and song accompaniment.",
    },
  },
  overall_quality: {
    focus: () => ({ usual: "One whole take, as in a concert." }),
    instruction: () => ({
      usual:
        "Play the whole once as in a concert, recorded, without stopping. Listen once, write down two moments, and work on only these.",
      simple: "Play it once from beginning to end for somebody. Then choose one place to work on.",
      terse: "One recorded run as in concert; two moments for work, no more.",
    }),
    minutes: 8,
    development: {
      usual:
        "Perform what you know regularly, for friends or a recorder: a piece grows with each performance.",
      simple: "Play your pieces for your family every week.",
      terse: "Regular performances of repertoire under study.",
    },
  },
};
