/** The containers that are accepted. */
export type AudioFormat = "wav" | "mp3" | "m4a" | "flac";

/** What an audio file says of itself, checked against the bytes that arrived. */
export interface AudioDescription {
  readonly format: AudioFormat;
  readonly mimeType: "audio/wav" | "audio/mpeg" | "audio/mp4" | "audio/flac";
  /** Without a dot. */
  readonly extension: AudioFormat;
  /** Seconds of sound that are there, > 0; encoder delay and padding are left out where the file states them. */
  readonly durationSeconds: number;
  /** Hz, of the decoded sound. */
  readonly sampleRate: number;
  /** 1 … */
  readonly channels: number;
  /** As ffmpeg or RFC 6381 spell it: `pcm_s16le`, `mp3`, `mp4a.40.2`, `alac`, `flac`. */
  readonly codec: string;
  /** The file promises more sound than it holds (cut off, or damaged within); `durationSeconds` is what it holds. */
  readonly incomplete: boolean;
}

export type ProbeFailureCode = "EMPTY" | "UNSUPPORTED_FORMAT" | "TRUNCATED" | "DAMAGED";

export interface ProbeFailure {
  readonly code: ProbeFailureCode;
  /** One or two sentences for the person who sent the file: what was found, what to do. */
  readonly message: string;
}

export type Verdict =
  | { readonly ok: true; readonly value: AudioDescription }
  | { readonly ok: false; readonly error: ProbeFailure };

/**
 * The least that a cut-off file must still hold. Below it nothing can be heard in it, and what arrived is more
 * likely a failed upload than a recording. A file that is whole may be shorter.
 */
export const MIN_CUT_OFF_SECONDS = 1;

export const WHAT_TO_SEND = "Send the recording as WAV, MP3, M4A or FLAC.";

const MIME_TYPES = { wav: "audio/wav", mp3: "audio/mpeg", m4a: "audio/mp4", flac: "audio/flac" } as const;

export function refuse(code: ProbeFailureCode, message: string): Verdict {
  return { ok: false, error: { code, message } };
}

/** The file is this format, and says so in its first bytes, but ends before any sound does. */
export function refuseCutOff(name: string): Verdict {
  return refuse(
    "TRUNCATED",
    `This ${name} file is cut off: it ends before there is any sound to listen to. Export or copy it again, and send the whole file.`,
  );
}

export function refuseDamaged(name: string, what: string): Verdict {
  return refuse("DAMAGED", `This ${name} file is damaged: ${what}. Export it again, and send the new file.`);
}

/** Accepts, unless what is left of a cut-off file is too short to be of use. */
export function accept(name: string, sound: Omit<AudioDescription, "mimeType" | "extension">): Verdict {
  if (sound.durationSeconds <= 0 || (sound.incomplete && sound.durationSeconds < MIN_CUT_OFF_SECONDS)) {
    return refuseCutOff(name);
  }
  return { ok: true, value: { ...sound, mimeType: MIME_TYPES[sound.format], extension: sound.format } };
}
