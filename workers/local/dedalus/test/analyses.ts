import faults from "./analyses/faulty-take.json" with { type: "json" };
import minuet from "./analyses/minuet.json" with { type: "json" };

/**
 * What `get_performance_analysis` gave for samples/petzold-minuet-in-g.wav on 29 November 2026, but for the recording's id. To make it
 * anew: `npm start`, upload the recording, ask "What happened at 0:07?" in a session on it, and take the tool's result from
 * `GET /api/v1/chat/sessions/:id`.
 */
export const MINUET = minuet;

/** The same of a take with faults: a restart, a blurred pedal, chords that don't fall together; and a steady pulse, with the melody in front. */
export const FAULTY = { ...minuet, ...faults };
