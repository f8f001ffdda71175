import { env } from "cloudflare:workers";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it } from "vitest";
import {
  audioPart,
  BOUNDARY,
  bytesOf,
  formOf,
  metadataPart,
  partHead,
  sha256Of,
  streamOf,
  uploadForm,
  wavOf,
} from "./support/form.ts";
import { migrate, newUser, send, storedBytes, tracesOf, uploaded } from "./support/service.ts";

beforeAll(migrate);

const take = wavOf(30_000);

describe("an upload", () => {
  it("is stored under the id of its row, registered, answered with its address, and sent to be analysed", async () => {
    const user = newUser();
    const messages: unknown[] = [];
    const ANALYSIS_QUEUE = overriding(env.ANALYSIS_QUEUE, {
      send: async (message: unknown) => messages.push(message),
    });
    const answer = await send(user, uploadForm(take, { hash: await sha256Of(take) }), {}, { ANALYSIS_QUEUE });
    const { id, original_filename, status } = await uploaded(answer);
    expect({ original_filename, status }).toEqual({ original_filename: "take.wav", status: "uploaded" });
    expect(answer.headers.get("location")).toBe(`/api/v1/recordings/${id}`);
    expect(await tracesOf(user)).toEqual({
      objects: [`recordings/${user}/${id}.wav`],
      recordings: [id],
      pending: [],
    });
    expect(await env.RECORDINGS.getRecording(user, id)).toMatchObject({
      value: {
        id,
        user_id: user,
        filename: "take.wav",
        file_size: take.length,
        duration: (take.length - 44) / 88_200,
        mime_type: "audio/wav",
        sha256: await sha256Of(take),
        status: "uploaded",
      },
    });
    expect(messages).toEqual([
      { recording_id: id, user_id: user, request_id: `test-${user}`, traceparent: expect.any(String) },
    ]);
  });

  it("succeeds though the queue doesn't take the message: the analysis can be asked for later", async () => {
    const user = newUser();
    const ANALYSIS_QUEUE = overriding(env.ANALYSIS_QUEUE, {
      send: () => Promise.reject(new Error("queue is full")),
    });
    const { id } = await uploaded(await send(user, uploadForm(take), {}, { ANALYSIS_QUEUE }));
    expect((await tracesOf(user)).recordings).toEqual([id]);
    expect(await storedBytes(user, id)).toEqual(take);
  });

  it.each([
    ["before the audio", formOf(metadataPart(take), audioPart(take))],
    ["after the audio", formOf(audioPart(take), metadataPart(take))],
    [
      "as a file of its own",
      formOf(audioPart(take), { ...metadataPart(take), filename: "blob", type: "application/json" }),
    ],
    [
      "among parts that nobody asked for",
      formOf({ name: "a", content: "1" }, audioPart(take), metadataPart(take), { name: "z", content: "2" }),
    ],
    [
      "with a byte order mark",
      formOf(audioPart(take), { name: "metadata", content: `\ufeff${metadataPart(take).content}` }),
    ],
    ["that takes the file for something else", uploadForm(take, { type: "image/png" })],
  ])("may have its metadata %s", async (_what, body) => {
    const user = newUser();
    const { id } = await uploaded(await send(user, body));
    expect(await storedBytes(user, id)).toEqual(take);
  });

  it("may state its hash in capitals", async () => {
    const hash = (await sha256Of(take)).toUpperCase();
    await uploaded(await send(newUser(), uploadForm(take, { hash })));
  });

  it("may come from a browser's form", async () => {
    const user = newUser();
    const form = new FormData();
    form.set("metadata", JSON.stringify({ originalName: "🎹.wav", size: take.length, type: "audio/x-wav" }));
    form.set("audio", new File([take], "🎹.wav", { type: "audio/x-wav" }));
    const request = new Request("https://browser.test", { method: "POST", body: form });
    const type = request.headers.get("content-type") ?? "";
    const { id, original_filename } = await uploaded(
      await send(user, await request.bytes(), { "content-type": type }),
    );
    expect(original_filename).toBe("🎹.wav");
    expect(await storedBytes(user, id)).toEqual(take);
  });

  it("may come in pieces of any size", async () => {
    const body = uploadForm(take);
    for (const step of [7, 1000, 4096]) {
      const user = newUser();
      const cuts = Array.from({ length: Math.floor(body.length / step) }, (_, n) => n * step);
      const { id } = await uploaded(await send(user, streamOf(body, cuts)));
      expect(await storedBytes(user, id)).toEqual(take);
    }
  });

  it.each([
    ["../../../etc/passwd", "passwd"],
    ["C:\\Music\\take.wav", "take.wav"],
    ["🎹 Träumerei.wav", "🎹 Träumerei.wav"],
    ["..", "recording.wav"],
    ["x".repeat(255), "x".repeat(255)],
  ])("named %j is known as %j and stored under its id only", async (originalName, filename) => {
    const user = newUser();
    const { id, original_filename } = await uploaded(await send(user, uploadForm(take, { originalName })));
    expect(original_filename).toBe(filename);
    expect((await tracesOf(user)).objects).toEqual([`recordings/${user}/${id}.wav`]);
  });
});

describe("a boundary of any sort", () => {
  it.each([
    ['"quoted boundary"', "quoted boundary"],
    ["x", "x"],
    ["-".repeat(70), "-".repeat(70)],
  ])("like %s is understood", async (written, boundary) => {
    const user = newUser();
    const body = bytesOf(
      ...[audioPart(take), metadataPart(take)].flatMap((part) => [
        partHead(part).replace(BOUNDARY, boundary),
        part.content,
        "\r\n",
      ]),
      `--${boundary}--`,
    );
    const type = `Multipart/Form-Data; Boundary=${written}`;
    const { id } = await uploaded(await send(user, body, { "content-type": type }));
    expect(await storedBytes(user, id)).toEqual(take);
  });
});
