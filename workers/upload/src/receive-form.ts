import {
  failed,
  MAX_AUDIO_BYTES,
  ok,
  type Result,
  type ServiceError,
  type UploadMetadata,
  UploadMetadataSchema,
} from "@crescendai/contracts";
import {
  type AudioDescription,
  type AudioFormat,
  createProbe,
  type ProbeFailure,
} from "@crescendai/performance-analysis";
import { hex, parseJson, validate } from "@crescendai/worker-kit";
import { type Part, readMultipart } from "./multipart.ts";
import type { ObjectWriter } from "./object-writer.ts";

/** What came in, judged on its bytes; the last part of it is still to be stored. */
export interface ReceivedForm {
  readonly metadata: UploadMetadata;
  readonly audio: AudioDescription;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Largest metadata, in bytes: a long filename, escaped, several times over. */
const MAX_METADATA_BYTES = 64 * 1024;

/**
 * Reads the upload's form: the bytes of `audio` go through the probe and the hash into the writer as they come,
 * `metadata` is read and checked against them.
 *
 * @param recognise told the format as soon as the first bytes say it, before any byte is stored.
 */
export async function receiveForm(
  request: Request,
  writer: ObjectWriter,
  recognise: (format: AudioFormat) => void,
): Promise<Result<ReceivedForm>> {
  let audio: Result<AudioReading> | null = null;
  let metadata: Result<UploadMetadata> | null = null;
  const seen = new Set<string>();
  const read = await readMultipart(request, async (part) => {
    // Judged when a part begins: the next one may come while this one is still being read.
    if (seen.has(part.name)) return invalid(part.name, "must be there once");
    if (part.name === "audio" || part.name === "metadata") seen.add(part.name);
    if (part.name === "audio") {
      audio = await readAudio(part, writer, recognise);
      return audio.ok ? ok(null) : audio;
    }
    if (part.name === "metadata") {
      metadata = await readMetadata(part);
      return metadata.ok ? ok(null) : metadata;
    }
    return ok(null);
  });
  if (!read.ok) return read;
  return combine(audio, metadata);
}

interface AudioReading {
  readonly audio: AudioDescription;
  readonly sha256: string;
  readonly size: number;
}

function combine(
  audio: Result<AudioReading> | null,
  metadata: Result<UploadMetadata> | null,
): Result<ReceivedForm> {
  if (audio === null) return invalid("audio", "is missing: send the recording as a file part named audio");
  if (metadata === null) {
    return invalid(
      "metadata",
      "is missing: send JSON with originalName, size and type as a part named metadata",
    );
  }
  if (!audio.ok) return audio;
  if (!metadata.ok) return metadata;
  const { size, sha256 } = audio.value;
  if (metadata.value.size !== size) {
    return invalid(
      "metadata.size",
      `says ${metadata.value.size} bytes, but ${size} arrived; send the file again`,
    );
  }
  if (metadata.value.hash !== undefined && metadata.value.hash !== sha256) {
    return invalid("metadata.hash", `is not the SHA-256 of what arrived (${sha256}); send the file again`);
  }
  return ok({ metadata: metadata.value, ...audio.value });
}

async function readAudio(
  part: Part,
  writer: ObjectWriter,
  recognise: (format: AudioFormat) => void,
): Promise<Result<AudioReading>> {
  const probe = createProbe();
  const digest = new crypto.DigestStream("SHA-256");
  const hash = digest.getWriter();
  let size = 0;
  for await (const bytes of part.bytes) {
    size += bytes.length;
    if (size > MAX_AUDIO_BYTES) return failed(TOO_LARGE);
    probe.push(bytes);
    if (probe.failure !== null) return failed(probeError(probe.failure));
    if (probe.format !== null) recognise(probe.format);
    const [, written] = await Promise.all([hash.write(bytes), writer.write(bytes)]);
    if (!written.ok) return written;
  }
  await hash.close();
  const described = probe.finish();
  if (!described.ok) return failed(probeError(described.error));
  return ok({ audio: described.value, sha256: hex(await digest.digest), size });
}

async function readMetadata(part: Part): Promise<Result<UploadMetadata>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of part.bytes) {
    size += bytes.length;
    if (size > MAX_METADATA_BYTES) return invalid("metadata", `must be at most ${MAX_METADATA_BYTES} bytes`);
    chunks.push(bytes);
  }
  const json = parseJson(await new Blob(chunks).arrayBuffer(), "metadata");
  return json.ok ? validate(UploadMetadataSchema, json.value, "metadata") : json;
}

const TOO_LARGE: ServiceError = {
  code: "PAYLOAD_TOO_LARGE",
  message:
    "The recording is larger than 50 MB. Send it as MP3 or M4A, or a shorter passage: ten minutes of MP3 are about 10 MB.",
};

const PROBE_CODES = {
  EMPTY: "VALIDATION_ERROR",
  UNSUPPORTED_FORMAT: "UNSUPPORTED_MEDIA_TYPE",
  TRUNCATED: "VALIDATION_ERROR",
  DAMAGED: "VALIDATION_ERROR",
} as const satisfies Record<ProbeFailure["code"], ServiceError["code"]>;

function probeError({ code, message }: ProbeFailure): ServiceError {
  return { code: PROBE_CODES[code], message, errors: [{ path: "audio", message }] };
}

function invalid(path: string, message: string): Result<never> {
  return failed({ code: "VALIDATION_ERROR", message: `${path} ${message}.`, errors: [{ path, message }] });
}
