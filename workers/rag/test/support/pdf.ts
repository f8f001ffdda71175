/** A PDF with pages of lines of text (ISO 32000-1), as small as one can be. An empty line is a paragraph's end. */
export function pdfOf(
  pages: readonly (readonly string[])[],
  { information = "", trailer = "" }: { readonly information?: string; readonly trailer?: string } = {},
): Uint8Array<ArrayBuffer> {
  const objects: string[] = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Kids[${pages.map((_, index) => `${5 + index * 2} 0 R`).join(" ")}]/Count ${pages.length}>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    `<<${information}>>`,
  ];
  pages.forEach((lines, index) => {
    const drawn = lines.map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj 0 -14 Td`).join("\n");
    const content = `BT /F1 12 Tf 72 720 Td\n${drawn}\nET`;
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents ${6 + index * 2} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
      `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    );
  });
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const count = objects.length + 1;
  file += `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n`;
  file += `<</Size ${count}/Root 1 0 R/Info 4 0 R${trailer}>>\nstartxref\n${file.indexOf("xref\n0")}\n%%EOF`;
  return Uint8Array.from(file, (character) => character.charCodeAt(0));
}

/** What locks a PDF with a password that nobody knows: owner and user entries that no password gives. */
export const LOCKED = `/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<${"ab".repeat(32)}>/U<${"cd".repeat(32)}>>>`;
