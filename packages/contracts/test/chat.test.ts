import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { ChatEventSchema, CreateSessionSchema, PostChatSchema } from "../src/index.ts";

const ID = "0b6ce0f5-5b5c-4f3a-9d7e-2f6c3f1d2a4b";

describe("a message to the coach", () => {
  it("is its content, by either name, letter for letter", () => {
    for (const name of ["content", "message"]) {
      expect(v.parse(PostChatSchema, { session_id: ID.toUpperCase(), [name]: "  Hello \n" })).toEqual({
        session_id: ID,
        content: "  Hello \n",
      });
    }
    expect(v.parse(PostChatSchema, { session_id: ID, content: "a", stream: false })).toMatchObject({
      stream: false,
    });
  });

  it.each([
    { content: "a" },
    { session_id: ID },
    { session_id: ID, content: "" },
    { session_id: ID, content: " \u2003\n" },
    { session_id: ID, content: "a", message: "a" },
    { session_id: ID, content: "\udc00" },
    { session_id: ID, content: "\0" },
    { session_id: "1", content: "a" },
    { session_id: ID, content: "a", stream: "no" },
    { session_id: ID, content: ["a"] },
  ])("isn't %j", (body) => {
    expect(v.safeParse(PostChatSchema, body).success).toBe(false);
  });
});

describe("a new session", () => {
  it("needs nothing, and is on no recording unless one is named", () => {
    expect(v.parse(CreateSessionSchema, {})).toEqual({ recording_id: null });
    expect(v.parse(CreateSessionSchema, { recording_id: null })).toEqual({ recording_id: null });
    expect(v.parse(CreateSessionSchema, { title: " Minuet ", recording_id: ID })).toEqual({
      title: "Minuet",
      recording_id: ID,
    });
  });

  it("has a title of one line, at most 200 characters", () => {
    expect(v.safeParse(CreateSessionSchema, { title: "🎹".repeat(200) }).success).toBe(true);
    for (const title of ["", "  ", "a\nb", "🎹".repeat(201), "\ud800"]) {
      expect(v.safeParse(CreateSessionSchema, { title }).success).toBe(false);
    }
  });
});

describe("an event of an answer", () => {
  it("is one of five kinds, with nothing that isn't described", () => {
    const events = [
      { type: "token", content: "" },
      { type: "tool_call", tool: "x", arguments: {} },
      { type: "error", error: "CONFLICT", message: "x" },
      { type: "message", id: ID, created_at: "2026-11-23T09:30:00.000Z" },
    ];
    for (const event of events) {
      expect(v.parse(ChatEventSchema, event)).toEqual(event);
      expect(v.safeParse(ChatEventSchema, { ...event, code: 1 }).success).toBe(false);
    }
    expect(v.safeParse(ChatEventSchema, { type: "other" }).success).toBe(false);
  });
});
