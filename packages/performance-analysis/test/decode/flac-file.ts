import { bytes, u32be, zeros } from "../container/build.ts";

export type FrameOptions = {
  readonly kind: "verbatim" | "constant" | "fixed" | "escaped" | "linear";
  /** 192 samples of 16 bits. */
  readonly samples: readonly number[];
  /** Low bits that are left out, as they are all 0. */
  readonly wasted?: number;
  /** Of a linear predictor, in quarters, within −16 … 15; the first is for the sample just before. */
  readonly coefficients?: readonly number[];
};

/** A mono FLAC file at 22,050 Hz of frames of 192 samples, made bit by bit (RFC 9639). */
export function flacFile(frames: readonly FrameOptions[]): Uint8Array {
  const rate = 22_050;
  // 20 bits of sample rate, 3 of channels less one, 5 of bits less one.
  const rateAndFormat = [rate >> 12, (rate >> 4) & 255, (rate & 15) << 4, 15 << 4];
  const streamInfo = bytes([0, 192, 0, 192], zeros(6), rateAndFormat, u32be(192 * frames.length), zeros(16));
  return bytes("fLaC", [0x80, 0, 0, 34], streamInfo, ...frames.map(frame));
}

function frame(options: FrameOptions, number: number): Uint8Array {
  const header = [0xff, 0xf8, 0x16, 0x08, number];
  const whole = bytes(header, checksum(header, 8, 0x07), packed(subframe(options)));
  const crc = checksum(whole, 16, 0x8005);
  return bytes(whole, [crc >> 8, crc & 255]);
}

function subframe({ kind, samples, wasted = 0, coefficients = [] }: FrameOptions): string {
  const depth = 16 - wasted;
  const linear = (32 + coefficients.length - 1).toString(2);
  const type = { verbatim: "000001", constant: "000000", fixed: "001010", escaped: "001000", linear }[kind];
  const head = `0${type}${wasted > 0 ? `1${"0".repeat(wasted - 1)}1` : "0"}`;
  const own = samples.map((sample) => sample / 2 ** wasted);
  if (kind === "constant") return head + signed(own[0], depth);
  if (kind === "verbatim") return head + own.map((sample) => signed(sample, depth)).join("");
  // Coding method 0, one partition; the parameter 15 says that residuals of 16 bits follow as they are.
  if (kind === "escaped")
    return `${head}0000001111${"10000"}${own.map((sample) => signed(sample, 16)).join("")}`;
  if (kind === "linear") return head + linearlyPredicted(own, depth, coefficients);
  const residuals = own.slice(2).map((sample, at) => sample - 2 * own[at + 1] + own[at]);
  const warmUp = own.slice(0, 2).map((sample) => signed(sample, depth));
  const parameter = 4;
  return `${head}${warmUp.join("")}000000${"0100"}${residuals.map((value) => rice(value, parameter)).join("")}`;
}

/** Warm-up, 5 bits a coefficient, a shift of 2, and residuals of 16 bits as they are. */
function linearlyPredicted(
  samples: readonly number[],
  depth: number,
  coefficients: readonly number[],
): string {
  const order = coefficients.length;
  const residuals = samples.slice(order).map((sample, at) => {
    const sum = coefficients.reduce(
      (total, coefficient, lag) => total + coefficient * samples[order + at - 1 - lag],
      0,
    );
    return sample - Math.floor(sum / 4);
  });
  const warmUp = samples.slice(0, order).map((sample) => signed(sample, depth));
  const predictor = `${"0100"}${signed(2, 5)}${coefficients.map((value) => signed(value, 5)).join("")}`;
  const coded = residuals.map((value) => signed(value, 16));
  return `${warmUp.join("")}${predictor}0000001111${"10000"}${coded.join("")}`;
}

function rice(value: number, parameter: number): string {
  const folded = value >= 0 ? 2 * value : -2 * value - 1;
  const low = (folded % 2 ** parameter).toString(2).padStart(parameter, "0");
  return `${"0".repeat(Math.floor(folded / 2 ** parameter))}1${low}`;
}

function signed(value: number, bits: number): string {
  return (value < 0 ? value + 2 ** bits : value).toString(2).padStart(bits, "0");
}

function packed(bits: string): Uint8Array {
  return Uint8Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(8 * at, 8 * at + 8).padEnd(8, "0"), 2),
  );
}

/** A cyclic redundancy check of so many bits, from 0. */
function checksum(data: ArrayLike<number>, width: number, polynomial: number): number {
  const top = 2 ** (width - 1);
  let crc = 0;
  for (let at = 0; at < data.length; at += 1) {
    crc ^= data[at] << (width - 8);
    for (let bit = 0; bit < 8; bit += 1)
      crc = (crc & top ? (crc << 1) ^ polynomial : crc << 1) & (2 * top - 1);
  }
  return crc;
}
