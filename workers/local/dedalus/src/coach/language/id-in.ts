/** An id as recordings have it, as a pattern. */
export const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** The id of a recording that a text names, whether there is one or not; null if none. */
export function idIn(text: string): string | null {
  return new RegExp(UUID, "i").exec(text)?.[0].toLowerCase() ?? null;
}
