/** "0:07" or "12:34" for seconds from the start; to the nearest second. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "0:07-0:12", as the web client reads it; at least a second long. */
export function clockSpan(start: number, end: number): string {
  return `${clock(start)}-${clock(Math.max(end, Math.round(start) + 1))}`;
}

/** A number with at most one decimal: "3.5", "12". */
export function plain(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
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
