import { type AnalysisSummary, DIMENSIONS, type Dimension } from "@crescendai/contracts";

/** How a dimension has changed from one recording to another, in points. */
export interface DimensionChange {
  readonly dimension: Dimension;
  readonly from: number;
  readonly to: number;
  readonly change: number;
  /** Half-width of the 80 % interval of the change. */
  readonly uncertainty: number;
  /** Whether the change is larger than that: anything smaller may be nothing. */
  readonly certain: boolean;
}

/** Recordings side by side. */
export interface Comparison {
  /** Earliest first. */
  readonly recordings: readonly (AnalysisSummary["recording"] &
    Pick<AnalysisSummary, "status" | "dimensions" | "weakest">)[];
  /** From the earliest to the latest that have scores, largest first; none where fewer than two have. */
  readonly changes: readonly DimensionChange[];
}

/** Compares recordings. One that wasn't listened to yet, or in which no music was heard, stands among them without scores. */
export function compareSummaries(summaries: readonly AnalysisSummary[]): Comparison {
  const ordered = summaries.toSorted((a, b) => a.recording.created_at.localeCompare(b.recording.created_at));
  const [first, ...later] = ordered.filter(({ dimensions }) => Object.keys(dimensions).length > 0);
  const last = later.at(-1);
  return {
    recordings: ordered.map(({ recording, status, dimensions, weakest }) => ({
      ...recording,
      status,
      dimensions,
      weakest,
    })),
    changes: first === undefined || last === undefined ? [] : changesBetween(first, last),
  };
}

/** Errors of two readings are taken as independent, so their half-widths add as squares. */
function changesBetween(first: AnalysisSummary, last: AnalysisSummary): DimensionChange[] {
  return DIMENSIONS.flatMap((dimension): DimensionChange[] => {
    const from = first.dimensions[dimension];
    const to = last.dimensions[dimension];
    if (from === undefined || to === undefined) return [];
    const change = oneDecimal(to.score - from.score);
    const uncertainty = oneDecimal(Math.hypot(from.uncertainty, to.uncertainty));
    return [
      {
        dimension,
        from: from.score,
        to: to.score,
        change,
        uncertainty,
        certain: Math.abs(change) > uncertainty,
      },
    ];
  }).toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
}

function oneDecimal(value: number): number {
  return Math.round(10 * value) / 10;
}
