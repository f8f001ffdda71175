import type { ChatCitation, Usage } from "@crescendai/contracts";
import { CitationFilter } from "../answer/citation-filter.ts";
import { RetrievedPassages } from "../answer/passages.ts";
import type { Round, ToolCallRecord } from "../answer/rounds.ts";

/** What a piece of an answer adds to it: the text to be sent on, and the passages named in it for the first time. */
export interface Addition {
  readonly text: string;
  readonly citations: readonly ChatCitation[];
}

const EMPTY_LINE = "\n\n";

/** An answer in the making. At any moment it can be kept as it is: its rounds are whole. */
export class Draft {
  readonly passages = new RetrievedPassages();
  readonly #rounds: Round[] = [];
  #filter = this.#newFilter();
  #said = "";
  readonly #cited = new Set<number>();
  model: string | null = null;
  usage: Usage = { prompt_tokens: 0, completion_tokens: 0, cost_microdollars: 0 };
  /** Texts that were saved in the player's context. */
  readonly saved: string[] = [];
  /** Texts that were taken out of it. */
  readonly forgotten: string[] = [];

  /** Takes what the model says; what is in doubt, the beginning of a citation, is kept back. */
  say(piece: string): Addition {
    return this.#add(this.#filter.push(piece));
  }

  /** What was kept back, at the end of a round. */
  finishSaying(): Addition {
    return this.#add(this.#filter.end());
  }

  /** Ends a round in which tools were called. */
  endRound(calls: readonly ToolCallRecord[]): void {
    this.#rounds.push({ said: this.#said, calls: [...calls] });
    this.#said = "";
    this.#filter = this.#newFilter();
  }

  /** The rounds with tools that are done. */
  get doneRounds(): readonly Round[] {
    return this.#rounds;
  }

  /** Everything, the round under way included. */
  get rounds(): readonly Round[] {
    return this.#said === "" ? this.#rounds : [...this.#rounds, { said: this.#said, calls: [] }];
  }

  /** Everything that was said, as it was sent. */
  get content(): string {
    return this.rounds.map(({ said }) => said).join("");
  }

  /** Whether anything was said in the round under way. */
  get hasSaid(): boolean {
    return this.#said.trim() !== "";
  }

  get toolCallCount(): number {
    return this.#rounds.reduce((sum, { calls }) => sum + calls.length, 0);
  }

  /** The passages that the answer names, by number. */
  get citations(): readonly ChatCitation[] {
    return [...this.#cited].toSorted((a, b) => a - b).flatMap((number) => this.passages.find(number) ?? []);
  }

  addUsage(usage: Usage): void {
    this.usage = {
      prompt_tokens: this.usage.prompt_tokens + usage.prompt_tokens,
      completion_tokens: this.usage.completion_tokens + usage.completion_tokens,
      cost_microdollars: this.usage.cost_microdollars + usage.cost_microdollars,
    };
  }

  #newFilter(): CitationFilter {
    return new CitationFilter((number) => this.passages.find(number) !== null);
  }

  #add({ text, named }: { readonly text: string; readonly named: readonly number[] }): Addition {
    // What is said before and after tools are called are two paragraphs.
    const before = this.#rounds.findLast(({ said }) => said !== "")?.said ?? "";
    const parted = this.#said === "" && text !== "" && before !== "" && !before.endsWith("\n");
    const added = parted ? `${EMPTY_LINE}${text}` : text;
    this.#said += added;
    const fresh = named.filter((number) => !this.#cited.has(number));
    for (const number of fresh) this.#cited.add(number);
    return { text: added, citations: fresh.flatMap((number) => this.passages.find(number) ?? []) };
  }
}
