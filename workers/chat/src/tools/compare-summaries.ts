import { type AnalysisSummary, DIMENSIONS, type Dimension } from "@crescendai/contracts";

/** How a dimension has changed from the earliest to the latest of some recordings, in points. */
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

/**
 * What has changed between the earliest and the latest of some recordings, largest change first; errors of the two readings
 * are taken as independent, so their half-widths add as squares.
 */
export function compareSummaries(summaries: readonly AnalysisSummary[]): DimensionChange[] {
  const ordered = summaries.toSorted((a, b) => a.recording.created_at.localeCompare(b.recording.created_at));
  const first = ordered.at(0);
  const last = ordered.at(-1);
  if (first === undefined || last === undefined) return [];
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
