import { failure, type Result } from "../result.ts";

/** What to do about a file that can't be listened to. */
const EXPORT_ADVICE = "Please export the recording as WAV, MP3, FLAC or M4A (AAC) and upload it again.";

/** Hz; below is telephony nobody records a piano with, above no converter runs. */
const MIN_SAMPLE_RATE = 8000;
const MAX_SAMPLE_RATE = 192_000;

/** DAMAGED. `name` of the format, `what` completes "can't be read: …". */
export function damaged(name: string, what: string): Result<never> {
  return failure(
    "DAMAGED",
    `This ${name} file can't be read: ${what}. Please export or copy the recording again and upload the new file.`,
  );
}

/** UNSUPPORTED_CODEC. `what` completes "holds …". */
export function unsupported(name: string, what: string): Result<never> {
  return failure(
    "UNSUPPORTED_CODEC",
    `This ${name} file holds ${what}, which can't be listened to. ${EXPORT_ADVICE}`,
  );
}

/** PROTECTED: the sound is encrypted. */
export function copyProtected(name: string): Result<never> {
  return failure(
    "PROTECTED",
    `This ${name} file is copy-protected, so its sound can't be listened to. Please upload a recording of your own, without protection.`,
  );
}

/** EMPTY_RECORDING. */
export function emptyRecording(): Result<never> {
  return failure("EMPTY_RECORDING", "This file holds no sound. Please record it again.");
}

/** UNSUPPORTED_CODEC for a sample rate that isn't listened to, else null. */
export function refuseSampleRate(name: string, sampleRate: number): Result<never> | null {
  if (sampleRate >= MIN_SAMPLE_RATE && sampleRate <= MAX_SAMPLE_RATE) return null;
  return unsupported(name, `sound with a sample rate of ${sampleRate} Hz`);
}
