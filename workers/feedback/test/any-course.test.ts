import { env } from "cloudflare:workers";
import { failed, type ListeningTicket, ok, type StoredRecording } from "@crescendai/contracts";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Analyser } from "../src/analysers/analyser.ts";
import { sweepStuckJobs } from "../src/jobs/sweep.ts";
import type { AnalysisJob } from "../src/tables/analyses.ts";
import { withHeldQueue } from "./support/bindings.ts";
import {
  database,
  deliver,
  heardBy,
  heardIn,
  jobOf,
  letTimeRunOut,
  quiet,
  storeWaiting,
  ticketFor,
} from "./support/jobs.ts";
import { deleteRecording, migrateDatabases, statusOf } from "./support/recordings.ts";
import { ask, post } from "./support/requests.ts";
import { present } from "./support/results.ts";

/*
 * Whatever happens to a job, in whatever order: deliveries that hear, fault or refuse, at once or late, leases that
 * run out, sweeps, dead letters, the player asking again, and deletion. Everything is real but the ears and the
 * queue, whose messages come when the course says so.
 */

beforeAll(migrateDatabases);

type Ending = "hear" | "fault" | "refuse";
type Event = `begin, later ${Ending}` | `at once ${Ending}` | "end the oldest run" | Other;
type Other = "time runs out" | "sweep" | "dead letter" | "analyze" | "delete";

const EVENTS: readonly Event[] = [
  "at once hear",
  "at once fault",
  "at once refuse",
  "begin, later hear",
  "begin, later fault",
  "begin, later refuse",
  "end the oldest run",
  "time runs out",
  "sweep",
  "dead letter",
  "analyze",
  "delete",
];

/** Seed of the property test: printed by fast-check with every counterexample. */
const SEED = 20_261_128;

/** Rounds of time, sweep, and delivery until everything must be settled: several for each message that may be left. */
const MOST_ROUNDS = 30;

class Course {
  readonly #recording: StoredRecording;
  readonly #queue = withHeldQueue();
  readonly #running: (() => Promise<void>)[] = [];
  readonly #log: string[] = [];
  #runs = 0;
  #deleted = false;
  #completed: { readonly job: AnalysisJob; readonly ears: string | null } | null = null;

  constructor(recording: StoredRecording) {
    this.#recording = recording;
    this.#queue.sent.push(ticketFor(recording));
  }

  async take(event: Event): Promise<void> {
    this.#log.push(event);
    if (event === "at once hear") await this.#deliver(this.#ears("hear"));
    else if (event === "at once fault") await this.#deliver(this.#ears("fault"));
    else if (event === "at once refuse") await this.#deliver(this.#ears("refuse"));
    else if (event === "begin, later hear") await this.#begin("hear");
    else if (event === "begin, later fault") await this.#begin("fault");
    else if (event === "begin, later refuse") await this.#begin("refuse");
    else if (event === "end the oldest run") await this.#running.shift()?.();
    else await this.#other(event);
    await this.#check();
  }

  /** Whatever is still under way comes to its end; then all must be settled. */
  async settle(): Promise<void> {
    while (this.#running.length > 0) await this.take("end the oldest run");
    for (let round = 0; round < MOST_ROUNDS && !(await this.#isSettled()); round += 1) {
      await this.take("time runs out");
      await this.take("sweep");
      await this.take("at once hear");
    }
    expect(await this.#isSettled(), this.#story()).toBe(true);
  }

  async #isSettled(): Promise<boolean> {
    const job = await jobOf(this.#recording);
    const stands = this.#deleted ? job === null : job?.status === "completed" || job?.status === "failed";
    return stands && this.#queue.sent.length === 0;
  }

  async #other(event: Other): Promise<void> {
    const { bindings } = this.#queue;
    if (event === "time runs out") await letTimeRunOut(this.#recording);
    else if (event === "sweep") await sweepStuckJobs(bindings, database, Date.now(), quiet);
    else if (event === "dead letter")
      await deliver(this.#message(), { bindings, queue: "crescendai-listening-dead-letter" });
    else if (event === "analyze")
      await ask("alice", "/api/v1/analyze", post({ id: this.#recording.id }), bindings);
    else if (!this.#deleted) {
      this.#deleted = true;
      await deleteRecording(this.#recording);
    }
  }

  /** The next message on the queue; where it is empty, the last one delivered again. */
  #message(): ListeningTicket {
    return this.#queue.sent.shift() ?? ticketFor(this.#recording);
  }

  async #deliver(analyse: Analyser): Promise<void> {
    const message = this.#message();
    const outcome = await deliver(message, { bindings: this.#queue.bindings, analyse });
    if (outcome === "retried") this.#queue.sent.push(message);
  }

  /** A delivery that lasts until the course ends it, unless there is nothing to listen to. */
  async #begin(ending: Ending): Promise<void> {
    const started = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const ears = this.#ears(ending);
    const delivery = this.#deliver(async (...heard) => {
      started.resolve();
      await end.promise;
      return await ears(...heard);
    });
    const begun = await Promise.race([started.promise.then(() => true), delivery.then(() => false)]);
    if (!begun) return;
    this.#running.push(async () => {
      end.resolve();
      await delivery;
    });
  }

  /** Ears that no other run has. */
  #ears(ending: Ending): Analyser {
    this.#runs += 1;
    const name = `run ${this.#runs}`;
    return async () => {
      if (ending === "fault") throw new Error("a fault that may pass");
      return ending === "hear" ? ok(heardBy(name)) : failed({ message: "This can't be listened to." });
    };
  }

  async #check(): Promise<void> {
    const [job, status] = await Promise.all([jobOf(this.#recording), statusOf(this.#recording)]);
    const counted = await env.DB.prepare("SELECT COUNT(*) AS jobs FROM analyses WHERE recording_id = ?")
      .bind(this.#recording.id)
      .first("jobs");
    expect(counted, this.#story()).toBe(job === null ? 0 : 1);
    expect(status === null, this.#story()).toBe(this.#deleted);
    if (job === null) return;
    expect(job.progress === 100, this.#story()).toBe(job.status === "completed");
    expect(job.error !== null, this.#story()).toBe(job.status === "failed");
    const ended = job.status === "completed" || job.status === "failed";
    if (ended && !this.#deleted) expect(status, this.#story()).toBe(job.status);
    if (this.#completed !== null && !this.#deleted) {
      const ears = await heardIn(this.#recording);
      expect({ job, ears }, this.#story()).toEqual(this.#completed);
    } else if (job.status === "completed") {
      const ears = await heardIn(this.#recording);
      expect(ears, this.#story()).not.toBeNull();
      this.#completed = { job: present(job), ears };
    }
  }

  #story(): string {
    return this.#log.join(" → ");
  }
}

test("a completed job stays as it is until deletion, nothing outlives deletion, and every job ends", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...EVENTS), { minLength: 1, maxLength: 10 }),
      async (events) => {
        const course = new Course(await storeWaiting("alice"));
        for (const event of events) await course.take(event);
        await course.settle();
      },
    ),
    { seed: SEED, numRuns: 60 },
  );
});
