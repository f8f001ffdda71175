import { type ChatEvent, ChatEventSchema } from "@crescendai/contracts";
import * as v from "valibot";

/** An event of an answer as a client has it; null for the end. */
export interface ReadEvent {
  readonly id: string | null;
  readonly event: ChatEvent | null;
}

const DataSchema = v.pipe(v.string(), v.parseJson(), ChatEventSchema);

/** Reads server-sent events from bytes in whatever pieces they come, line by line as the web client does. */
export class EventReader {
  readonly events: ReadEvent[] = [];
  /** Comments that were read. */
  readonly comments: string[] = [];
  readonly #decoder = new TextDecoder();
  #rest = "";
  #id: string | null = null;

  push(bytes: Uint8Array): void {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const lines = this.#rest.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  /** Whether the end was read. */
  get ended(): boolean {
    return this.events.at(-1)?.event === null;
  }

  #line(line: string): void {
    if (line.includes("\r")) throw new Error("lines must end in LF alone");
    if (line.startsWith(":")) this.comments.push(line);
    if (line.startsWith("id: ")) this.#id = line.slice("id: ".length);
    if (!line.startsWith("data: ")) return;
    const data = line.slice("data: ".length);
    this.events.push({ id: this.#id, event: data === "[DONE]" ? null : v.parse(DataSchema, data) });
  }
}
