/** A message as rules read it: in lower case, with straight apostrophes. */
export function folded(message: string): string {
  return message.toLowerCase().replaceAll("’", "'").trim();
}
