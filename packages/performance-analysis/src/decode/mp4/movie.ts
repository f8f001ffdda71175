import { type Movie, newMovie, newTrack, type Track } from "../../container/mp4-track.ts";
import { SampleTable } from "./sample-table.ts";

/** A track with the places of its samples. */
export interface SoundTrack extends Track {
  readonly samples: SampleTable;
}

/** What an iTunes tag says of the encoder's delay, in samples ("iTunSMPB"). */
export type ITunesGapless = { readonly delay: number; readonly length: number };

/** A file's movie, with what decoding needs beyond the probe. */
export interface SoundMovie extends Omit<Movie, "tracks"> {
  readonly tracks: SoundTrack[];
  gapless: ITunesGapless | null;
  /** By track id, bytes a sample in fragments that don't say (`trex`). */
  readonly defaultSampleSizes: Map<number, number>;
  /** `mvex` announces fragments behind `moov`. */
  expectsFragments: boolean;
  /** The file ends inside a fragment's media data: more of them may be lost. */
  endsInside: boolean;
}

export function newSoundMovie(): SoundMovie {
  return {
    ...newMovie(),
    tracks: [],
    gapless: null,
    defaultSampleSizes: new Map(),
    expectsFragments: false,
    endsInside: false,
  };
}

export function newSoundTrack(): SoundTrack {
  return { ...newTrack(), samples: new SampleTable() };
}
