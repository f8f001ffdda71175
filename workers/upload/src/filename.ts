/**
 * The name of a file without the path that may come with it, so that a name never leads anywhere.
 *
 * @param fallback used where nothing is left ("..", "C:\\").
 */
export function baseName(originalName: string, fallback: string): string {
  const name = originalName.split(/[/\\]/).at(-1)?.trim() ?? "";
  return /^\.*$/.test(name) ? fallback : name;
}
