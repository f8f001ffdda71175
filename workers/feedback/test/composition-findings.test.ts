import { FindingKindSchema } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import { EVIDENCE_KEYS } from "../src/composition/evidence.ts";
import { describeFinding } from "../src/composition/findings/describe-finding.ts";
import type { Telling } from "../src/composition/register.ts";
import { found, PLAYING, RECORDING, STACCATO } from "./support/heard-music.ts";
import { present } from "./support/results.ts";

const USUAL: Telling = { register: "usual", duration: 40, intervals: [], tempo: 96, practiceShare: 0.65 };
const SIMPLE: Telling = { ...USUAL, register: "simple", practiceShare: 0.6 };
const TERSE: Telling = { ...USUAL, register: "terse", practiceShare: 0.75 };

function told(...args: Parameters<typeof describeFinding>) {
  return present(describeFinding(...args));
}

describe("what is said of a finding", () => {
  test.each([
    ["crescendo", "strength", /clear crescendo from 0:04 to 0:10: 12 dB over 6\.2 s/],
    ["diminuendo", "remark", /slight diminuendo from 0:14 to 0:16: 3\.1 dB over 2 s/],
    ["loudest_passage", "strength", /loudest passage is 0:08–0:12, 12 dB above the softest/],
    ["softest_passage", "remark", /softest passage is 0:27–0:31, 12 dB below the loudest/],
    ["narrow_dynamics", "area", /From bar to bar loudness stays within 3\.1 dB, from 0:00 to 0:40/],
    ["wide_dynamics", "strength", /21 dB/],
    ["melody_voiced", "strength", /0:00–0:12 the top voice is played about 7\.6 dB more strongly/],
    ["melody_buried", "area", /0:26–0:33 the top voice is played about 1\.2 dB more softly/],
    ["pause", "area", /A pause of 3 s: nothing sounds from 0:30 to 0:33/],
    ["hold", "area", /A hold of 1\.8 s: the sound goes on, but no new note begins from 0:22 to 0:24/],
    [
      "restart",
      "area",
      /Before 0:36 you break off and begin again with what you had played at 0:33: about 5 notes .* 2\.1 s/,
    ],
    ["tempo_drift", "area", /18 % faster from 0:20 to 0:24: 96 BPM before, 113 after/],
    ["steady_pulse", "strength", /steady: at 96 BPM .* 1\.6 %/],
    ["unsteady_pulse", "area", /vary by 7\.4 % around 96 BPM, most from 0:15 to 0:21 \(13 %\)/],
    ["even_runs", "strength", /0:12–0:18, 46 running notes .* about 9 ms/],
    ["uneven_runs", "area", /0:12–0:18 .* about 26 ms early or late, .* every 125 ms/],
    ["chords_together", "strength", /within about 11 ms of each other \(17 chords, 0:26–0:34\)/],
    ["chords_not_together", "area", /0:26–0:34 about 42 ms .* \(17 chords\)/],
    ["detached_passage", "area", /0:19–0:25 a note lasts about 72 % .* elsewhere 96 %/],
    ["overlapped_passage", "area", /0:19–0:25 many notes sound for about 163 % .* elsewhere 102 %/],
    ["pedal_blur", "area", /0:26–0:34 about 62 % of what clashes with what follows/],
    ["clear_pedal", "remark", /At 13 places between 0:26 and 0:34 .* only about 8 %/],
  ] as const)("%s: its place, its numbers, and whether it is good", (kind, weight, words) => {
    const statement = told(found(kind), USUAL);
    expect(statement.weight).toBe(weight);
    expect(statement.observation).toMatch(words);
    expect(statement.measured).toMatch(/\d/);
  });

  test.each(Object.keys(RECORDING))("%s: what is wrong with the recording, and what helps", (kind) => {
    const statement = told(present(RECORDING[kind]), USUAL);
    expect(statement.topic).toBe("recording");
    expect(statement.exercise).toBeNull();
    expect(statement.advice).toMatch(/[Rr]ecord|[Ss]end/);
  });

  test("of sound unlike a piano's isn't that its overtones are wrong, where only how notes begin was", () => {
    const { observation } = told(found("unlike_piano"), USUAL);
    expect(observation).toMatch(/overtones .* or the notes don't begin and keep their pitch/);
  });

  test("is nothing where its evidence is missing", () => {
    for (const [kind, keys] of Object.entries(EVIDENCE_KEYS)) {
      const finding = present(PLAYING[kind] ?? RECORDING[kind]);
      for (const key of keys) {
        const { [key]: _lost, ...evidence } = finding.evidence;
        expect(describeFinding({ ...finding, evidence }, USUAL), `${kind} without ${key}`).toBeNull();
      }
      expect(describeFinding(finding, USUAL), kind).not.toBeNull();
    }
  });

  test("is known for every kind that can be found", () => {
    expect([...Object.keys(PLAYING), ...Object.keys(RECORDING)].sort()).toEqual(
      [...FindingKindSchema.options].sort(),
    );
  });
});

describe("what follows from a finding", () => {
  test("every fault has an exercise at its place, with minutes and a sign of success", () => {
    for (const finding of Object.values(PLAYING)) {
      for (const telling of [USUAL, SIMPLE, TERSE]) {
        const { weight, exercise } = told(finding, telling);
        if (weight !== "area") continue;
        const { instruction, success, minutes, reason } = present(exercise);
        expect(minutes).toBeGreaterThanOrEqual(3);
        expect(reason).toBe("heard");
        expect(success.length).toBeGreaterThan(15);
        if (finding.kind !== "narrow_dynamics") expect(instruction).toMatch(/\d:\d\d/);
      }
    }
  });

  test("the sign of success is a number that the next recording is measured by", () => {
    const signs = [
      "uneven_runs",
      "chords_not_together",
      "pedal_blur",
      "melody_buried",
      "tempo_drift",
    ] as const;
    for (const kind of signs) {
      expect(present(told(found(kind), USUAL).exercise).success).toMatch(/\d.*now.*\d/);
    }
  });

  test("a rise or fall that isn't shaped yet aims beyond what was measured, at what it lacks", () => {
    const changing = (change_db: number, seconds: number, telling = USUAL) =>
      told(found("diminuendo", { start: 10, end: 10 + seconds, evidence: { change_db } }), telling);
    const slight = changing(-3.1, 2);
    expect(slight.exercise?.success).toMatch(/^the next recording shows 5 dB or more .* \(now 3\.1\)/);
    expect(slight.advice).toContain("may be bolder");
    expect(changing(-4.97, 6).exercise?.success).toMatch(/shows 6 dB or more .* \(now 5\)/);
    // Ten decibels at once aren't to be bolder: they are to take their time.
    const quick = changing(-10.4, 2);
    expect(quick.observation).toContain("A quick diminuendo");
    expect(quick.advice).toContain("spread it over all its notes");
    expect(quick.exercise?.success).toMatch(/takes 3 s or more .* \(now 2\)/);
    expect(changing(-10.4, 2.9).exercise?.success).toMatch(/takes 3\.4 s or more .* \(now 2\.9\)/);
    expect(changing(-10.4, 2, SIMPLE).headline).toBe("You get quickly softer at 0:10–0:12.");
    for (const telling of [USUAL, SIMPLE, TERSE]) {
      expect(JSON.stringify(changing(-10.4, 2, telling))).not.toMatch(/bolder|exaggerate|do more/);
    }
  });

  test("runs are practised to a click at a share of the tempo that was measured", () => {
    // 125 ms a note is 480 a minute: 120 for every four, and 65 % of that.
    expect(present(told(found("uneven_runs"), USUAL).exercise).instruction).toContain(
      "a click to every 4 notes at 78 BPM",
    );
    expect(present(told(found("uneven_runs"), SIMPLE).exercise).instruction).toContain("at 72");
  });

  test("a slowing at the very end isn't called a fault", () => {
    const closing = found("tempo_drift", {
      start: 36,
      end: 39,
      evidence: { tempo_change_percent: -25, tempo_before_bpm: 96, tempo_after_bpm: 72 },
    });
    const statement = told(closing, USUAL);
    expect(statement.weight).toBe("remark");
    expect(statement.exercise).toBeNull();
    expect(statement.advice).toContain("ritardando");
  });

  test("notes as short as staccato are asked about, those that only end early are a fault unless they're meant so", () => {
    const early = told(found("detached_passage"), USUAL);
    expect(early.headline).toBe("Notes are let go early at 0:19–0:25, unless they are to be detached.");
    const short = told(STACCATO, USUAL);
    expect(short.weight).toBe("remark");
    expect(short.headline).toBe("The notes at 0:19–0:25 are as short as staccato: right if that is written.");
    const toBeginners = told(STACCATO, { ...USUAL, register: "simple" });
    expect(toBeginners.headline).toContain("right if they have dots");
    expect(toBeginners.exercise?.focus).toBe("Join the notes at 0:19–0:25, if there is a slur.");
  });

  test("what the score may ask for is only advised on that condition", () => {
    const conditional = [
      "pause",
      "hold",
      "tempo_drift",
      "unsteady_pulse",
      "detached_passage",
      "chords_not_together",
      "melody_buried",
      "crescendo",
      "diminuendo",
    ] as const;
    for (const kind of conditional) {
      for (const telling of [USUAL, TERSE]) {
        expect(told(found(kind), telling).advice, kind).toMatch(/\b(?:[Ii]f|[Uu]nless)\b|let it last/);
      }
    }
  });

  test("nothing claims to know which hand played", () => {
    for (const finding of Object.values(PLAYING)) {
      for (const telling of [USUAL, SIMPLE, TERSE]) {
        expect(JSON.stringify(told(finding, telling))).not.toMatch(/\b(?:left|right) hand\b/i);
      }
    }
  });
});

describe("the words for a player", () => {
  test("a beginner reads no decibels, milliseconds or per cent, but in the reference", () => {
    for (const finding of Object.values(PLAYING)) {
      const { headline, observation, advice, exercise } = told(finding, SIMPLE);
      const read = [headline, observation, advice, exercise?.focus, exercise?.instruction, exercise?.success];
      expect(read.join(" "), finding.kind).not.toMatch(/\d (?:dB|ms|%)/);
    }
  });

  test("a professional reads less", () => {
    const length = (telling: Telling) =>
      Object.values(PLAYING)
        .map((finding) => told(finding, telling))
        .map(({ observation, advice, exercise }) => observation + advice + (exercise?.instruction ?? ""))
        .join("").length;
    expect(length(TERSE)).toBeLessThan(0.75 * length(USUAL));
  });
});

describe("a large change of loudness within three seconds", () => {
  const quick = found("diminuendo", { start: 14, end: 16, evidence: { change_db: -14 } });

  test("is quick, and to be spread rather than to be bolder", () => {
    const { observation, advice, exercise } = told(quick, USUAL);
    expect(observation).toBe("A quick diminuendo from 0:14 to 0:16: 14 dB over 2 s.");
    expect(advice).toContain("spread it over all its notes");
    expect(exercise?.instruction).toContain("a small step on every note");
    expect(exercise?.success).toBe(
      "the diminuendo takes 3 s or more in the next recording where a long one is written (now 2), and is gone where no change is",
    );
  });

  test("isn't called little to a beginner", () => {
    expect(told(quick, SIMPLE).observation).toBe("The music gets quickly softer from 0:14 to 0:16.");
  });
});
