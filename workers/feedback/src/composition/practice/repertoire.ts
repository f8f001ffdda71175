import type { Dimension, UserContext } from "@crescendai/contracts";
import { quoted } from "../wording.ts";

interface Pieces {
  readonly early: string;
  readonly middle: string;
  readonly late: string;
}

/** Music in which a dimension is commonly taught, by level: widely printed works, each with its catalogue number. */
const PIECES: { readonly [Name in Dimension]: Pieces } = {
  note_accuracy: {
    early: "Kabalevsky, 24 Pieces for Children op. 39",
    middle: "Bach, Two-Part Inventions BWV 772–786",
    late: "Bach, The Well-Tempered Clavier",
  },
  rhythmic_precision: {
    early: "Bartók, For Children",
    middle: "Clementi, Sonatinas op. 36",
    late: "the Gigue of Bach's French Suite no. 5 BWV 816",
  },
  dynamics_control: {
    early: "Schumann, Album for the Young op. 68",
    middle: "Burgmüller, 25 Studies op. 100",
    late: "Brahms, Intermezzi op. 117",
  },
  articulation_quality: {
    early: "the minuets of the Notebook for Anna Magdalena Bach",
    middle: "Haydn's shorter sonatas",
    late: "Scarlatti, Sonatas",
  },
  pedaling_technique: {
    early: "“Little Study” from Schumann's Album for the Young op. 68",
    middle: "Chopin, Preludes op. 28 nos. 4, 6 and 7",
    late: "Debussy, Préludes, book 1",
  },
  tone_quality: {
    early: "“Melody” from Schumann's Album for the Young op. 68",
    middle: "Mendelssohn, Songs without Words op. 19b no. 1",
    late: "Chopin, Nocturnes op. 27",
  },
  phrasing: {
    early: "Gurlitt, Album Leaves for the Young op. 101",
    middle: "Grieg, Lyric Pieces op. 12",
    late: "Schubert, Impromptus D 899",
  },
  expressiveness: {
    early: "Tchaikovsky, Children's Album op. 39",
    middle: "Schumann, Scenes from Childhood op. 15",
    late: "Chopin, Mazurkas op. 17",
  },
  musical_interpretation: {
    early: "Gretchaninov, Children's Book op. 98",
    middle: "MacDowell, Woodland Sketches op. 51",
    late: "Beethoven, Bagatelles op. 126",
  },
  stylistic_appropriateness: {
    early: "the dances of Leopold Mozart's Notebook for Nannerl",
    middle: "Schubert's waltzes and ländler",
    late: "a French Suite by Bach beside a suite by Debussy",
  },
  overall_musicality: {
    early: "Diabelli, Melodious Pieces for four hands op. 149",
    middle: "Schubert's marches for four hands",
    late: "the piano parts of Schubert's songs",
  },
  overall_quality: {
    early: "two short pieces by different composers, kept ready to play",
    middle: "a programme of ten minutes, kept ready to play",
    late: "a programme of half an hour, kept ready to play",
  },
};

/**
 * Music for working on a dimension: of the player's repertoire one piece, which is quoted and not judged, and one work
 * in which it's commonly taught, by level.
 *
 * @param index of the goal: each takes another piece of the repertoire.
 */
export function repertoireFor(dimension: Dimension, context: UserContext, index: number): string {
  const usual = PIECES[dimension][stageOf(context)];
  const own = context.repertoire[index];
  if (own === undefined) return `For instance ${usual}.`;
  return namesComposer(own, usual)
    ? `From your repertoire ${quoted(own)}.`
    : `From your repertoire ${quoted(own)}; or ${usual}.`;
}

function stageOf({ experience_level }: UserContext): keyof Pieces {
  if (experience_level === "beginner") return "early";
  return experience_level === "advanced" || experience_level === "professional" ? "late" : "middle";
}

/** Whether the player's own piece already names the suggestion's composer, the word before its first comma. */
function namesComposer(own: string, suggestion: string): boolean {
  const [composer, ...rest] = suggestion.split(",");
  return rest.length > 0 && composer !== undefined && own.includes(composer);
}
