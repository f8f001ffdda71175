import { type MockInstance, onTestFinished, vi } from "vitest";

/** A line of the log as it was written. */
export interface LogLine {
  readonly stream: "log" | "warn" | "error";
  readonly text: string;
}

/** Collects what is logged until the test ends, instead of printing it. */
export function captureLog(): LogLine[] {
  const lines: LogLine[] = [];
  const spies = (["log", "warn", "error"] as const).map(
    (stream): MockInstance =>
      vi.spyOn(console, stream).mockImplementation((text: unknown) => {
        lines.push({ stream, text: String(text) });
      }),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return lines;
}
