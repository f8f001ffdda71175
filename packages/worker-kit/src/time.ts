/** An instant in milliseconds since the epoch, as our wire and our databases write it. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
