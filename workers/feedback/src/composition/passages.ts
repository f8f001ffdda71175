import type { Analysis, Finding, Section } from "@crescendai/contracts";
import { type Insight, insightOf, insightOfStanding, standingsToTell } from "./insights.ts";
import { isLike, joined, overviewOf, type Plain } from "./overview.ts";
import { playedOf } from "./played.ts";
import { DIMENSION_PRACTICE } from "./practice/dimension-practice.ts";
import { type Register, say } from "./register.ts";
import type { Standing } from "./standing.ts";
import type { Span, Statement } from "./statement.ts";
import { span } from "./wording.ts";

/** A stretch of the recording with what is said about it. */
export interface Passage extends Span {
  readonly insights: readonly Insight[];
  /** The one thing to practise here. */
  readonly focus: string;
}

/** Most passages and insights of one that are told: as many as a player will read. */
const MOST_PASSAGES = 24;
const MOST_INSIGHTS = 6;

/** The recording by moments: what was found in each stretch, and how it stands against the others. */
export function passagesOf(
  analysis: Analysis,
  statements: readonly Statement[],
  register: Register,
): Passage[] {
  const { sections, dimensions, analysed_duration, heard } = analysis;
  const played = playedOf(analysis);
  const ordered = statements
    .filter(({ finding }) => !isTalkBeside(finding, played))
    .toSorted((a, b) => a.finding.start - b.finding.start);
  if (sections.length === 0 || heard !== "music") {
    if (ordered.length === 0 || analysed_duration === 0) return [];
    const insights = ordered.slice(0, MOST_INSIGHTS).map((statement) => insightOf(statement, dimensions));
    const focus =
      heard === "music"
        ? (focusOfArea(ordered) ?? focusOfRemark(ordered) ?? keep(played))
        : nothingToPractise(played);
    return [{ ...played, insights, focus }];
  }
  const places = ordered.map(({ finding }) => sectionOf(finding, analysis));
  const ofTheWhole = ordered.filter(
    ({ weight, finding }) => weight === "area" && isOfTheWhole(finding, analysis),
  );
  const passages: (Passage & { readonly weight: number; readonly plain: Plain | null })[] = [];
  for (const [index, section] of sections.entries()) {
    if (isAfterEnd(index, sections) && !places.includes(index)) continue;
    const here = ordered.filter((_, place) => places[place] === index);
    const standings = standingsToTell(section, here, ordered, analysis);
    const insights = [
      ...mostImportant(here).map((statement) => insightOf(statement, dimensions)),
      ...standings.map((standing) => insightOfStanding(standing, section, ordered, analysis, register)),
    ];
    const focus =
      focusOfArea(here) ??
      focusOfStanding(standings, section, register) ??
      focusOfArea(ofTheWhole) ??
      focusOfRemark(here);
    const weight = here.length + standings.length / 2;
    if (insights.length > 0) {
      const { start, end } = section;
      const told = insights.slice(0, MOST_INSIGHTS);
      passages.push({ weight, start, end, insights: told, focus: focus ?? keep(section), plain: null });
      continue;
    }
    const before = passages.at(-1)?.plain ?? null;
    const goesOn = before !== null && isLike(before, section, analysis);
    if (goesOn) passages.pop();
    const plain = goesOn ? joined(before, section) : section;
    const { start, end } = plain;
    const insight = overviewOf(plain, analysis);
    passages.push({ weight, start, end, insights: [insight], focus: focus ?? keep(plain), plain });
  }
  return withFocusOnce(mostTelling(passages));
}

/** As many statements as are told of a passage, faults rather than others; in order of time, as they were. */
function mostImportant(here: readonly Statement[]): readonly Statement[] {
  const chosen = new Set(
    here
      .toSorted((a, b) => Number(b.weight === "area") - Number(a.weight === "area"))
      .slice(0, MOST_INSIGHTS),
  );
  return here.filter((statement) => chosen.has(statement));
}

/** With what is to be practised in several passages said in the first of them, to which the others point. */
function withFocusOnce(passages: readonly Passage[]): Passage[] {
  const told = new Map<string, Span>();
  return passages.map((passage) => {
    const before = told.get(passage.focus);
    if (before === undefined) {
      told.set(passage.focus, passage);
      return passage;
    }
    return { ...passage, focus: `At ${span(passage)} the same as at ${span(before)}.` };
  });
}

/** Whether it is what somebody says before or after the playing: of no passage, and told among the notes. */
function isTalkBeside({ kind, start, end }: Finding, played: Span): boolean {
  return kind === "talk" && (end <= played.start || start >= played.end);
}

/** Whether the music has ended before a section: neither there nor later does anything sound. */
function isAfterEnd(index: number, sections: readonly Section[]): boolean {
  return sections.slice(index).every(({ mean_loudness_db }) => mean_loudness_db === null);
}

/** The passages about which there is most to say, in order of time. */
function mostTelling(passages: readonly (Passage & { readonly weight: number })[]): Passage[] {
  const chosen = new Set(passages.toSorted((a, b) => b.weight - a.weight).slice(0, MOST_PASSAGES));
  return passages
    .filter((one) => chosen.has(one))
    .map(({ start, end, insights, focus }) => ({ start, end, insights, focus }));
}

/** Whether a finding is about all that is played rather than a place in it. */
function isOfTheWhole(finding: Span, analysis: Analysis): boolean {
  const { start, end } = playedOf(analysis);
  return finding.end - finding.start > (end - start) / 2;
}

/** Index of the section to which a finding belongs: that which holds most of it; of the whole, where it begins. */
function sectionOf(finding: Span, analysis: Analysis): number {
  const { sections } = analysis;
  const last = sections.length - 1;
  const begun = sections.findLastIndex(({ start }) => start <= finding.start);
  if (isOfTheWhole(finding, analysis)) return Math.max(0, begun);
  const shares = sections.map(
    ({ start, end }) => Math.min(end, finding.end) - Math.max(start, finding.start),
  );
  const most = Math.max(...shares);
  return most > 0 ? shares.indexOf(most) : Math.min(last, Math.max(0, begun));
}

function focusOfArea(statements: readonly Statement[]): string | null {
  return (
    statements.find(({ weight, exercise }) => weight === "area" && exercise !== null)?.exercise?.focus ?? null
  );
}

/** What to look up in the score and decide, where nothing else is to be done. */
function focusOfRemark(statements: readonly Statement[]): string | null {
  return (
    statements.find(({ weight, exercise }) => weight === "remark" && exercise !== null)?.exercise?.focus ??
    null
  );
}

function focusOfStanding(
  standings: readonly Standing[],
  section: Section,
  register: Register,
): string | null {
  const below = standings.find(({ points }) => points < 0);
  return below === undefined ? null : say(DIMENSION_PRACTICE[below.dimension].focus(span(section)), register);
}

/** In place of a focus, where no playing can be judged: there is nothing to keep either. */
function nothingToPractise(where: Span): string {
  return `No piano playing that could be judged was heard at ${span(where)}, so nothing is proposed for it.`;
}

function keep(where: Span): string {
  return `Keep ${span(where)} as it is.`;
}
