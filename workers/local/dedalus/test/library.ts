import type { Passage } from "../src/coach/tool-results.ts";

declare global {
  interface ImportMeta {
    /** Vite's: the texts of files, by their paths (https://vite.dev/guide/features#glob-import). */
    glob(
      pattern: string,
      options: { readonly query: "?raw"; readonly import: "default"; readonly eager: true },
    ): Record<string, string>;
  }
}

/** A document of library/ at the root of the repository. */
export interface LibraryDocument {
  /** type/name */
  readonly name: string;
  readonly title: string;
  /** Markdown, without the metadata at its beginning. */
  readonly body: string;
  /** What stands under each heading, as a search would give it, whole. */
  readonly sections: readonly Passage[];
}

const FILES = import.meta.glob("../../../../library/*/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** All documents, in the order of their files. */
export const DOCUMENTS: readonly LibraryDocument[] = Object.entries(FILES)
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([path, text]) => {
    const name = path.replace(/^.*\/library\/|\.md$/g, "");
    const [, head, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
    const title = /^title: *"?(.*?)"?$/m.exec(head ?? "")?.[1]?.replaceAll('\\"', '"');
    if (body === undefined || title === undefined) throw new Error(`${name} has no title`);
    const sections = body.split(/\n(?=## )/).map((excerpt, number) => ({
      number,
      title,
      author: null,
      section: /^## (.*)$/m.exec(excerpt)?.[1] ?? "",
      excerpt,
    }));
    return { name, title, body, sections };
  });
