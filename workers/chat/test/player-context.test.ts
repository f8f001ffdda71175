import { env } from "cloudflare:workers";
import { requestOf } from "@crescendai/worker-testing/caller";
import { beforeAll, describe, expect, it } from "vitest";
import { contextOf, json, migrate, newSession, newUser, sendForJson, unwrap } from "./support/chat.ts";
import { calling, callsOnce, saying, scriptModel, toolCall, wireOf } from "./support/scripts.ts";

beforeAll(migrate);

describe("what the player said about themselves", () => {
  it("is saved in their own words, confirmed in the answer, and added to what is there", async () => {
    const user = newUser();
    await env.CONTEXT.fetch(requestOf(user, "/api/v1/context", json("PUT", { goals: ["sight-reading"] })));
    const { id } = await newSession(user);
    scriptModel(
      user,
      callsOnce("update_user_context", {
        goals: ["play the Minuet by heart"],
        constraints: "twenty minutes a day",
        experience_level: "intermediate",
      }),
    );
    const said =
      "I'm an intermediate player and want to play the  Minuet, by heart, with twenty minutes a day.";
    const answer = await sendForJson(user, id, said);
    expect(answer.content).toContain("play the Minuet by heart");
    expect(await contextOf(user)).toMatchObject({
      goals: ["sight-reading", "play the Minuet by heart"],
      constraints: ["twenty minutes a day"],
      experience_level: "intermediate",
    });
    const trail = unwrap<{ action: string }[]>(await env.CONTEXT.auditTrail(user, 5));
    expect(trail.map(({ action }) => action)).toEqual(["context.write", "context.write"]);
  });

  it("is taken in whatever script it is written, as long as `PUT /api/v1/context` takes it", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    // 150 letters of the Deseret alphabet, each of two UTF-16 code units.
    const style = "\u{10428}".repeat(150);
    scriptModel(user, callsOnce("update_user_context", { preferred_feedback_style: style }));
    await sendForJson(user, id, `I like feedback that is ${style}.`);
    expect((await contextOf(user)).preferred_feedback_style).toBe(style);
  });

  it("is forgotten when they ask, which is confirmed and written to the audit log", async () => {
    const user = newUser();
    await env.CONTEXT.fetch(
      requestOf(
        user,
        "/api/v1/context",
        json("PUT", { goals: ["by heart", "a wedding"], constraints: "no time" }),
      ),
    );
    const { id } = await newSession(user);
    scriptModel(user, callsOnce("forget_user_context", { goals: ["wedding"] }));
    const answer = await sendForJson(user, id, "Please delete my goal about the wedding.");
    expect(answer.content).toContain("I have removed from your profile: a wedding.");
    expect(await contextOf(user)).toMatchObject({ goals: ["by heart"], constraints: ["no time"] });
    scriptModel(user, callsOnce("forget_user_context", { all_of: ["goals", "constraints"] }));
    await sendForJson(user, id, "Forget everything you know about me.");
    expect(await contextOf(user)).toMatchObject({ goals: [], constraints: [] });
    const trail = unwrap<{ action: string }[]>(await env.CONTEXT.auditTrail(user, 5));
    expect(trail.map(({ action }) => action)).toEqual(Array.from({ length: 3 }, () => "context.write"));
  });

  it("is replaced when they ask, in whatever order the model forgets and saves, in one round or in two", async () => {
    const forget = (given: unknown) => toolCall("forget_user_context", given, "call_1");
    const save = toolCall("update_user_context", { goals: ["pass grade 5"] }, "call_2");
    const all = forget({ all_of: ["goals"] });
    const wedding = forget({ goals: ["the wedding"] });
    for (const [calls, message, before, after] of [
      [[save, all], "Change my goal to pass grade 5.", ["a wedding"], ["pass grade 5"]],
      [[all, save], "Please change my goals to: pass grade 5", ["a wedding", "a fugue"], ["pass grade 5"]],
      [
        [save, wedding],
        "Replace my goal about the wedding with: pass grade 5",
        ["play at the wedding", "a fugue"],
        ["a fugue", "pass grade 5"],
      ],
      [
        [save, wedding],
        "Replace my goal for the wedding with pass grade 5",
        ["play at the wedding", "a fugue"],
        ["a fugue", "pass grade 5"],
      ],
      [
        [save, all],
        "Replace my goals for the exam with pass grade 5",
        ["a wedding", "the exam"],
        ["a wedding", "the exam", "pass grade 5"],
      ],
      [[save, all], "My goal is to pass grade 5.", ["a wedding"], ["a wedding", "pass grade 5"]],
    ] as const) {
      for (const rounds of [[calls], calls.map((call) => [call])]) {
        const user = newUser();
        await env.CONTEXT.fetch(requestOf(user, "/api/v1/context", json("PUT", { goals: before })));
        const { id } = await newSession(user);
        scriptModel(user, (_request, round) => {
          const wanted = rounds[round];
          return wanted === undefined ? saying("Done.") : calling(...wanted);
        });
        await sendForJson(user, id, message);
        expect((await contextOf(user)).goals, `${message} (${rounds.length})`).toEqual(after);
      }
    }
  });

  it("isn't forgotten by words that fit several entries, none, or an earlier message", async () => {
    const user = newUser();
    const goals = ["play Bach by heart", "play Chopin by heart"];
    await env.CONTEXT.fetch(requestOf(user, "/api/v1/context", json("PUT", { goals })));
    const { id } = await newSession(user);
    for (const [given, message, said] of [
      [{ goals: ["by heart"] }, "Delete my goal to play by heart", "Ask which"],
      [{ goals: ["Liszt"] }, "Delete my goal on Liszt", "none of the player's goals"],
      [{ goals: ["Bach"] }, "Thanks!", "doesn't ask for it"],
    ] as const) {
      const requests = scriptModel(user, callsOnce("forget_user_context", given));
      await sendForJson(user, id, message);
      expect(requests.at(-1)?.messages.at(-1)?.content).toContain("Nothing was removed");
      expect(requests.at(-1)?.messages.at(-1)?.content).toContain(said);
      expect((await contextOf(user)).goals).toEqual(goals);
    }
  });

  it("isn't what another user said, nor what the coach said", async () => {
    const user = newUser();
    const { id } = await newSession(user);
    scriptModel(user, () => saying("You could learn the Moonlight Sonata."));
    await sendForJson(user, id, "What should I learn?");
    const requests = scriptModel(
      user,
      callsOnce("update_user_context", { repertoire: ["Moonlight Sonata"] }),
    );
    await sendForJson(user, id, "Hm.");
    expect(wireOf(requests)).toContain("Nothing was saved");
    expect((await contextOf(user)).repertoire).toEqual([]);
  });
});
