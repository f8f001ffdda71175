import type { SampleEntry } from "./mp4-audio-specific-config.ts";

/** What the boxes of one `trak` say, gathered as they pass. */
export interface Track {
  id: number;
  /** `soun`, `vide`, `text` …; "" until `hdlr` has passed. */
  handlerType: string;
  /** Units a second of `duration` (`mdhd`), 0 until it has passed. */
  timescale: number;
  duration: number;
  sampleEntry: SampleEntry | null;
  /** Bytes of all samples (`stsz`). */
  sampleBytes: number;
  /** What edits (`elst`) show of the track, in units of the movie's timescale. */
  editDuration: number;
  /** Where the first edit starts in the track, in units of the track's timescale: the encoder's delay. */
  editStart: number;
  /** From `trex`: units a sample in fragments that don't say. */
  defaultSampleDuration: number;
  /** Sum over all fragments (`trun`), in units of the track's timescale. */
  fragmentDuration: number;
}

/** What a movie is known to hold so far. */
export interface Movie {
  /** Units a second of `editDuration` (`mvhd`). */
  timescale: number;
  readonly tracks: Track[];
  /** Where `trex` says default durations, by track id: `mvex` may stand before or after the tracks. */
  readonly defaultSampleDurations: Map<number, number>;
  /** Offset of the end of `moov` from the file's start, 0 until it has begun. */
  moovEnd: number;
  hasFragments: boolean;
  /** The declared payload of all `mdat`, bytes. */
  mediaBytes: number;
  /** Offset of the end of the last `mdat` from the file's start, 0 until one has begun. */
  mediaEnd: number;
}

export function newMovie(): Movie {
  return {
    timescale: 0,
    tracks: [],
    defaultSampleDurations: new Map(),
    moovEnd: 0,
    hasFragments: false,
    mediaBytes: 0,
    mediaEnd: 0,
  };
}

export function newTrack(): Track {
  return {
    id: 0,
    handlerType: "",
    timescale: 0,
    duration: 0,
    sampleEntry: null,
    sampleBytes: 0,
    editDuration: 0,
    editStart: 0,
    defaultSampleDuration: 0,
    fragmentDuration: 0,
  };
}

/** Seconds that the track plays, edits applied; 0 if it doesn't say. */
export function trackSeconds(movie: Movie, track: Track): number {
  if (track.timescale === 0) return 0;
  if (track.fragmentDuration > 0) {
    // With samples in `moov` too the two add up; without any, its duration is 0 or already that of all fragments.
    const inMoov = track.sampleBytes > 0 ? track.duration : 0;
    return Math.max(0, inMoov + track.fragmentDuration - track.editStart) / track.timescale;
  }
  const media = track.duration / track.timescale;
  const edited = movie.timescale > 0 ? track.editDuration / movie.timescale : 0;
  // Edits can't show more than there is, unless they repeat it, which no recorder does.
  return edited > 0 && edited < media ? edited : media;
}
