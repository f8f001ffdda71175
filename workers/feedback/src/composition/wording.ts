/** "0:07" or "12:34" for seconds from the start; to the nearest second. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "0:07-0:12", as the web client reads it; at least a second long. */
export function clockSpan(start: number, end: number): string {
  return `${clock(start)}-${clock(Math.max(end, Math.round(start) + 1))}`;
}

/** "0:07–0:12" in a sentence; at least a second long. */
export function span({ start, end }: { readonly start: number; readonly end: number }): string {
  return `${clock(start)}–${clock(Math.max(end, Math.round(start) + 1))}`;
}

/** "from 0:07 to 0:12", or "around 0:07" where both ends are the same second. */
export function fromTo({ start, end }: { readonly start: number; readonly end: number }): string {
  return clock(start) === clock(end) ? `around ${clock(start)}` : `from ${clock(start)} to ${clock(end)}`;
}

/**
 * A measured number with no more digits than it is good for: one decimal below ten, whole from there. No measurement
 * of ours is surer than a few per cent.
 */
export function figure(value: number): string {
  return rounded(value, Math.abs(value) < 9.95 ? 10 : 1);
}

/** A number to the whole: scores, beats per minute, per cent. */
export function whole(value: number): string {
  return rounded(value, 1);
}

/** Halves go away from zero, so that a fall of 2.5 reads as large as a rise of 2.5. */
function rounded(value: number, steps: number): string {
  const amount = Math.round(Math.abs(value) * steps) / steps;
  return value < 0 && amount > 0 ? `−${amount}` : String(amount);
}

/** A fraction of 1 in per cent. */
export function percent(share: number): string {
  return `${whole(share * 100)} %`;
}

/** "1 chord", "2 chords". */
export function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

/** A sentence's first letter in upper case. */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A sentence's first letter in lower case, for it to be told within another. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** Longest quotation of a player's own words, in characters. */
const MAX_QUOTATION = 140;

/** A player's own words in quotation marks, on one line and not too long: repeated, never acted upon. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  const letters = Array.from(line);
  const short =
    letters.length > MAX_QUOTATION ? `${letters.slice(0, MAX_QUOTATION).join("").trimEnd()}…` : line;
  return `“${short.replace(/[“”]/gu, "'")}”`;
}
