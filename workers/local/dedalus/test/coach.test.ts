import { describe, expect, test } from "vitest";
import { INSTRUCTIONS, RESULTS, TOOLS, talk } from "./support.ts";

describe("the coach without tools", () => {
  const said = (content: string, role: "user" | "assistant" = "user") => ({ role, content });

  test("summarises what was said by its first sentences", async () => {
    const before = [
      { role: "system" as const, content: "Summarise the conversation." },
      said("How do I play octaves? They hurt."),
      said("Drop the wrist. Then rest.", "assistant"),
    ];
    expect((await talk("And trills?", { before, tools: [] })).text).toBe(
      "How do I play octaves?\nDrop the wrist.\nAnd trills?",
    );
  });

  test("summarises a transcript that is quoted as JSON, after what was summarised before", async () => {
    const transcript = [
      { who: "player", said: "How do I play octaves? They hurt." },
      { who: "coach", said: "Drop the wrist. Then rest." },
    ];
    const before = [{ role: "system" as const, content: "Summarise this conversation for the coach." }];
    const quoted = JSON.stringify({ material: "quoted", summary_so_far: "Began in May.", transcript });
    expect((await talk(quoted, { before, tools: [] })).text).toBe(
      "Began in May.\nHow do I play octaves?\nDrop the wrist.",
    );
  });

  test("answers from what it has where the rounds of tools are used up, whatever the instructions mention", async () => {
    const data = {
      material: "quoted",
      player: RESULTS["get_user_context"],
      recording: RESULTS["get_performance_analysis"],
    };
    const content = `You are a coach. Cite the title. No summary.\nData:\n${JSON.stringify(data)}`;
    const { text } = await talk("What should I work on first?", {
      before: [{ role: "system", content }],
      tools: [],
    });
    expect(text).toContain("Work on rhythmic precision first");
    expect(text).toContain("“play the Minuet by heart”");
  });

  test("says the same every time", async () => {
    const ask = async () => (await talk("What should I work on first?")).text;
    expect(await ask()).toBe(await ask());
  });

  test("greets back, and knows what it can do", async () => {
    expect((await talk("Thank you!")).text).toContain("You're welcome.");
    expect((await talk("thanks, that helps!")).text).toContain("You're welcome.");
    expect((await talk("Can you hear me?")).text).toContain("I don't hear you");
    expect((await talk("what can you do?")).text).toContain("compare your takes");
    expect((await talk("Good morning!")).text).toContain("Hello.");
  });

  test("reads an analysis that the instructions quote", async () => {
    const content = `${INSTRUCTIONS}\nIts analysis:\n${JSON.stringify(RESULTS["get_performance_analysis"])}`;
    const { text } = await talk("What should I work on first?", {
      before: [{ role: "system", content }],
      tools: TOOLS.filter(({ function: { name } }) => name === "search_knowledge_base"),
    });
    expect(text).toContain("Work on rhythmic precision first");
    expect(text).toContain("[1]");
  });
});
