/** Rooms: what they are like, drawn at random. */

import type { Random } from "../random.ts";

/** A shoebox with a piano and a pair of microphones in it. Lengths in metres, times in seconds. */
export interface Room {
  /** Length, width, height. */
  readonly size: readonly [number, number, number];
  /** Seconds for 60 dB of decay at 500 Hz to 1 kHz (ISO 3382's reverberation time). */
  readonly reverberation: number;
  /** Reverberation at 125 Hz and at 4 kHz, against that. */
  readonly bass: number;
  readonly treble: number;
  /** The piano's bass and treble ends, and the two microphones: positions in the room. */
  readonly sources: readonly [Position, Position];
  readonly microphones: readonly [Position, Position];
}

/** Along length, width and height, in metres from a corner. */
export type Position = readonly [number, number, number];

/** Kinds of room: least and largest floor side, reverberation range. */
const KINDS = [
  {
    kind: "small room",
    sides: [2.4, 4.5],
    height: [2.2, 2.8],
    reverberation: [0.2, 0.6],
    distance: [0.4, 2.5],
  },
  { kind: "living room", sides: [3.5, 8], height: [2.3, 3.2], reverberation: [0.3, 0.9], distance: [0.5, 4] },
  { kind: "studio", sides: [4, 10], height: [2.6, 5], reverberation: [0.2, 0.6], distance: [0.4, 3] },
  { kind: "school room", sides: [6, 12], height: [2.8, 4.5], reverberation: [0.5, 1.4], distance: [0.8, 6] },
  { kind: "hall", sides: [10, 28], height: [5, 14], reverberation: [0.9, 2.5], distance: [1, 12] },
] as const;

/** Nothing and nobody nearer to a wall than this, in metres. */
const CLEARANCE = 0.25;
/** Distance between the bass and the treble end of what radiates, in metres. */
const PIANO_WIDTH = [0.8, 1.5] as const;

function inside(value: number, side: number): number {
  return Math.min(side - CLEARANCE, Math.max(CLEARANCE, value));
}

/** A room at random, from a practice room to a hall, with the microphones anywhere in it that people put them. */
export function drawRoom(random: Random): Room & { readonly kind: string } {
  const { kind, sides, height, reverberation, distance } = random.pick(KINDS);
  const size = [
    random.uniform(sides[0], sides[1]),
    random.uniform(sides[0], sides[1]),
    random.uniform(height[0], height[1]),
  ] as const;
  const within = (position: Position): Position => [
    inside(position[0], size[0]),
    inside(position[1], size[1]),
    inside(position[2], size[2]),
  ];
  const middle: Position = [
    random.uniform(0.2, 0.8) * size[0],
    random.uniform(0.2, 0.8) * size[1],
    random.uniform(0.7, 1.2),
  ];
  const facing = random.uniform(0, 2 * Math.PI);
  const half = random.uniform(PIANO_WIDTH[0], PIANO_WIDTH[1]) / 2;
  const ends = [-half, half].map((along) =>
    within([middle[0] + along * Math.cos(facing), middle[1] + along * Math.sin(facing), middle[2]]),
  );
  const away = random.logUniform(distance[0], distance[1]);
  const bearing = random.uniform(0, 2 * Math.PI);
  const micHeight = random.uniform(0.6, 2);
  // From a phone's one opening, through an XY pair, to two microphones well apart.
  const spacing = random.pick([0, 0.02, 0.15, 0.2, 0.5, 1]) / 2;
  const microphones = [-spacing, spacing].map((along) =>
    within([
      middle[0] + away * Math.cos(bearing) - along * Math.sin(bearing),
      middle[1] + away * Math.sin(bearing) + along * Math.cos(bearing),
      micHeight,
    ]),
  );
  const pair = (positions: readonly Position[]): [Position, Position] => {
    const [first, second] = positions;
    if (first === undefined || second === undefined) throw new Error("a pair has two");
    return [first, second];
  };
  return {
    kind,
    size,
    reverberation: random.logUniform(reverberation[0], reverberation[1]),
    bass: random.uniform(0.8, 1.6),
    treble: random.uniform(0.35, 0.9),
    sources: pair(ends),
    microphones: pair(microphones),
  };
}
