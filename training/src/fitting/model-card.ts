import { PERCEPTUAL_SCALES } from "@crescendai/contracts";
import type { FittedModel } from "./fit-model.ts";
import { SCALE_PARTS } from "./scale-regression.ts";
import type { Validation } from "./validate.ts";

/** What the card says besides what was fitted. */
export interface CardFacts {
  /** Bytes of the model's file. */
  readonly bytes: number;
}

/** The model card, in Markdown: data, licence, method, results by scale and split, what the model can't do. */
export function modelCard(fitted: FittedModel, { bytes }: CardFacts): string {
  const { segments, renders, model, validations } = fitted;
  const copies = new Set(renders.map(({ copy }) => copy)).size;
  const pianos = [...new Set(renders.map(({ piano }) => piano))].sort();
  const passages = new Set(segments.map(({ passage }) => passage)).size;
  const players = new Set(segments.map(({ player }) => player)).size;
  return [
    "# Model card: what listeners would rate",
    "",
    "Written by `npm run train`; do not edit. How the features are made and what each formula rests on is in",
    "[analysis.md](analysis.md).",
    "",
    "| | |",
    "| --- | --- |",
    `| version | \`${model.version}\` |`,
    `| file | \`packages/performance-analysis/model/listening-model.bin\`, ${Math.round(bytes / 1000)} kB |`,
    "| data | [PercePiano](https://github.com/JonghoKimSNU/PercePiano) (Park, Kim, Park et al., 2024), MIT licence: MIDI performances and the mean ratings of listeners on 19 scales |",
    `| rated | ${segments.length} performances of ${passages} passages of ${new Set(segments.map(({ work }) => work)).size} works by ${players} players; the scores played by a machine among them |`,
    `| heard as | ${renders.length} renders, ${copies} copies of each performance, on ${pianos.length} pianos: ${pianos.join(", ")} |`,
    "| samples | Salamander Grand Piano V3 by Alexander Holm (CC BY 3.0) and Debian's soundfonts; none of them is in the file |",
    `| features | ${fitted.featureNames.length} of notes, sound and musical measurements |`,
    `| model | the mean of ${SCALE_PARTS.map(({ name, share }) => `${name} (${Math.round(100 * share)} %)`).join(", ")} |`,
    `| over | normal scores of the features, weighted by their reliability; ${model.scales.kernels.landmarks} landmarks, ${model.scales.network.biases.length} units |`,
    "| fitted to | the ratings, mixed with what a teacher would rate who knows the keys and pedals themselves and hasn't met the passage |",
    "| licence | that of this repository (MIT) |",
    "",
    "## Results",
    "",
    "Out of fold: what is named in the first column was not in training, nor was the unseen piano in any of them. R² is the",
    "mean over the 19 scales. “Order”: how often two human players of one passage are put in the right order, over all pairs",
    "whose ratings differ (0.5 is chance).",
    "",
    "| unseen | sound | R² | order |",
    "| --- | --- | --: | --: |",
    ...validations.map(
      ({ unseen, sound, mean, order }) => `| ${unseen} | ${sound} | ${fixed(mean)} | ${fixed(order)} |`,
    ),
    "",
    `Intervals: 80 % wanted; calibrated on one half of the passages they hold ${(100 * fitted.coverage).toFixed(1)} % of the ratings of the other half (unseen piano, in a room and through a codec).`,
    "",
    "### By scale",
    "",
    "R² out of fold, and the half-width of the 80 % interval.",
    "",
    ...scaleTable(fitted),
    "",
    "## Note levels",
    "",
    `A network of ${model.noteLevel.hidden} hidden units gives each note's level from its partials; fitted to the velocities of the same renders.`,
    "",
    "## What it can't do",
    "",
    "- It knows four works of two composers, played by advanced players. On a work it doesn't know (last rows) it explains",
    "  little or nothing: no absolute grade on other repertoire rests on it, and no level of a player can be read from it.",
    "- Comparisons are sounder: takes of the same piece by the same player, on the same instrument.",
    "- Bright or dark and optimistic or dark are mostly the piece, not the playing; loud or soft and energy need the gain of",
    "  the microphone, which isn't known. These scales carry no weight in the dimensions.",
    "- Ratings are means of few listeners each, who don't agree well with each other (one against the rest: r = 0.45).",
    "- All renders are of sampled or synthesised pianos; real rooms and real instruments are more varied.",
    "",
  ].join("\n");
}

function scaleTable({ validations, model }: FittedModel): string[] {
  const shown = validations.filter(({ unseen, sound }) => unseen !== "player" || !sound.includes("clean"));
  const head = shown.map(({ unseen, sound }) => `${unseen}; ${sound}`);
  return [
    `| scale | ${head.join(" | ")} | ± |`,
    `| --- | ${head.map(() => "--:").join(" | ")} | --: |`,
    ...PERCEPTUAL_SCALES.map((scale, index) => {
      const cells = shown.map((validation: Validation) => fixed(validation.determination[index]));
      return `| ${scale} | ${cells.join(" | ")} | ${model.calibration.halfWidths[index].toFixed(3)} |`;
    }),
  ];
}

function fixed(value: number): string {
  return value.toFixed(2).replace("-", "−");
}
