/** Lines as a list in Markdown, under a title. */
export function listOf(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `- ${line}`)].join("\n");
}

/** Texts in one line, each in quotation marks. */
export function quotedList(texts: readonly string[]): string {
  return texts.map((text) => `“${text}”`).join(", ");
}
