import { LibraryAnswerSchema, LibraryManifestSchema, SearchStepsSchema } from "@crescendai/contracts";
import { sha256Hex } from "@crescendai/worker-kit";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { foundByWord } from "./support/found.ts";
import { ask, migrate, problemOf, readDocument, stored } from "./support/service.ts";

beforeAll(migrate);

const LIBRARY = "/api/v1/knowledge/library";

const file = (name: string, text: string) => ({
  source_key: `technique/${name}.md`,
  text: `---\ntitle: ${name}\nauthor: CrescendAI\ndocument_type: technique\ntopics: [${name}]\ndimensions: []\nlevel: all\ncomposers: []\nsources: []\n---\n\n${text}\n`,
});

async function sync(body: unknown) {
  const answer = await ask(LIBRARY, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  return v.parse(LibraryAnswerSchema, await answer.json());
}

async function manifest() {
  return v.parse(LibraryManifestSchema, await (await ask(LIBRARY)).json()).documents;
}

describe("the library", () => {
  it("has equally good passages in the order of its files, in whatever order these came in", async () => {
    const names = ["d", "b", "e", "a", "c"].map((name) => `technique/twin-${name}.md`);
    const { text } = file("twins", "Portato lies between legato and staccato.");
    for (const source_key of names) await sync({ documents: [{ source_key, text }] });
    const answer = await ask("/api/v1/knowledge/search/steps?q=portato+between+legato+and+staccato");
    const steps = v.parse(SearchStepsSchema, await answer.json());
    for (const step of ["lexical", "semantic", "fused", "reranked"] as const) {
      expect(
        steps[step].map(({ source_key }) => source_key),
        step,
      ).toEqual(names.toSorted());
    }
    await sync({ remove: names });
  });

  it("is brought up to its files: new, unchanged, changed, gone", async () => {
    const scales = file("scales", "Five fingers in one handful.");
    const chords = file("chords", "Drop the arm into the keybed.");
    const first = await sync({ documents: [scales, chords] });
    expect(first.documents.map(({ outcome, status }) => [outcome, status])).toEqual([
      ["created", "ready"],
      ["created", "ready"],
    ]);
    expect(await manifest()).toEqual([
      { source_key: "technique/chords.md", sha256: await sha256Hex(chords.text) },
      { source_key: "technique/scales.md", sha256: await sha256Hex(scales.text) },
    ]);

    const changed = file("chords", "Let the arm fall into the fundament.");
    const second = await sync({ documents: [scales, changed], remove: ["technique/never-there.md"] });
    expect(second.documents.map(({ outcome }) => outcome)).toEqual(["unchanged", "changed"]);
    expect(second.removed).toEqual([]);
    const chordsId = first.documents[1]?.document_id ?? "";
    expect(second.documents[1]?.document_id).toBe(chordsId);
    expect(await readDocument(chordsId)).toMatchObject({
      revision: 2,
      origin: "library",
      filename: "chords.md",
    });
    expect(await foundByWord("keybed")).toEqual([]);
    expect(await foundByWord("fundament")).toEqual([chordsId]);

    expect((await sync({ remove: ["technique/scales.md"] })).removed).toEqual(["technique/scales.md"]);
    expect(await foundByWord("handful")).toEqual([]);
    expect((await manifest()).map(({ source_key }) => source_key)).toEqual(["technique/chords.md"]);
  });

  it("keeps what it had of a file that can't be read", async () => {
    await sync({ documents: [file("pedal", "Syncopated pedalling.")] });
    const broken = { source_key: "technique/pedal.md", text: "---\nlevel: expert\n---\nx" };
    const answer = await sync({ documents: [broken] });
    expect(answer.documents).toMatchObject([{ outcome: "failed", error: expect.stringContaining("level") }]);
    expect(await foundByWord("syncopated")).toHaveLength(1);
  });

  it("has its own documents, even where somebody sent the same text", async () => {
    const { source_key, text } = file("rubato", "Time that is borrowed.");
    const sent = await stored(text);
    const [kept] = (await sync({ documents: [{ source_key, text }] })).documents;
    expect(kept?.document_id).not.toBe(sent.id);
    expect(await foundByWord("borrowed")).toHaveLength(2);
  });

  it.each(["../secret.md", "/etc/passwd", "a/b.txt", "A.md", ""])(
    "takes no path like %j",
    async (source_key) => {
      const answer = await ask(LIBRARY, {
        method: "POST",
        body: JSON.stringify({ documents: [{ source_key, text: "x" }] }),
        headers: { "content-type": "application/json" },
      });
      expect((await problemOf(answer)).error).toBe("VALIDATION_ERROR");
    },
  );
});
