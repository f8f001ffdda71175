import type { MpegFrameHeader } from "../../container/mpeg-frame-header.ts";
import type { BitReader } from "../bit-reader.ts";
import { LINES } from "./bands.ts";

/** The block type of three short blocks in place of a long one (ISO/IEC 11172-3 section 2.4.2.7). */
export const SHORT_BLOCKS = 2;

/** What the side information says of one channel in one granule (section 2.4.1.7). */
export type Granule = {
  /** Bits of scale factors and spectrum. */
  part23Length: number;
  /** Pairs of lines that may exceed 1. */
  bigValues: number;
  globalGain: number;
  scalefacCompress: number;
  blockType: number;
  isMixed: boolean;
  /** Huffman tables of the three regions of pairs. */
  readonly tableSelect: number[];
  readonly subblockGain: number[];
  /** Bands in the first and second region, less one each; of block type 0. */
  region0Count: number;
  region1Count: number;
  /** Where windows are switched the regions have fixed borders. */
  isSwitched: boolean;
  preflag: boolean;
  scalefacScale: number;
  count1Table: number;
  /** Of MPEG 1: by group of bands, whether the scale factors of the granule before go on. */
  readonly shared: boolean[];
};

export type SideInformation = {
  /** Bytes of earlier frames that this frame's main data begins with. */
  readonly mainDataBegin: number;
  /** By granule, by channel. */
  readonly granules: readonly (readonly Granule[])[];
};

function newGranule(): Granule {
  return {
    part23Length: 0,
    bigValues: 0,
    globalGain: 0,
    scalefacCompress: 0,
    blockType: 0,
    isMixed: false,
    tableSelect: [0, 0, 0],
    subblockGain: [0, 0, 0],
    region0Count: 0,
    region1Count: 0,
    isSwitched: false,
    preflag: false,
    scalefacScale: 0,
    count1Table: 0,
    shared: [false, false, false, false],
  };
}

/**
 * Reads the side information of MPEG 1 (ISO/IEC 11172-3 section 2.4.1.7) or MPEG 2 and 2.5 (ISO/IEC 13818-3 section
 * 2.4.1.7). Null where it says what can't be.
 */
export function readSideInformation(reader: BitReader, header: MpegFrameHeader): SideInformation | null {
  const { isMpeg1, channels } = header;
  const mainDataBegin = reader.read(isMpeg1 ? 9 : 8);
  // Private bits.
  reader.read(isMpeg1 ? (channels === 1 ? 5 : 3) : channels);
  const ofChannels = () => (channels === 1 ? [newGranule()] : [newGranule(), newGranule()]);
  const granules = isMpeg1 ? [ofChannels(), ofChannels()] : [ofChannels()];
  if (isMpeg1) {
    for (const granule of granules[1]) {
      for (let group = 0; group < 4; group += 1) granule.shared[group] = reader.readFlag();
    }
  }
  for (const ofOne of granules) {
    for (const granule of ofOne) if (!readGranule(reader, granule, isMpeg1)) return null;
  }
  return { mainDataBegin, granules };
}

function readGranule(reader: BitReader, granule: Granule, isMpeg1: boolean): boolean {
  granule.part23Length = reader.read(12);
  granule.bigValues = reader.read(9);
  granule.globalGain = reader.read(8);
  granule.scalefacCompress = reader.read(isMpeg1 ? 4 : 9);
  granule.isSwitched = reader.readFlag();
  if (granule.isSwitched) {
    granule.blockType = reader.read(2);
    granule.isMixed = reader.readFlag();
    granule.tableSelect[0] = reader.read(5);
    granule.tableSelect[1] = reader.read(5);
    granule.tableSelect[2] = 0;
    for (let window = 0; window < 3; window += 1) granule.subblockGain[window] = reader.read(3);
  } else {
    for (let region = 0; region < 3; region += 1) granule.tableSelect[region] = reader.read(5);
    granule.region0Count = reader.read(4);
    granule.region1Count = reader.read(3);
  }
  granule.preflag = isMpeg1 && reader.readFlag();
  granule.scalefacScale = reader.read(1);
  granule.count1Table = reader.read(1);
  // The block type 0 isn't switched to.
  return granule.bigValues * 2 <= LINES && !(granule.isSwitched && granule.blockType === 0);
}
