import faults from "./analyses/faulty-take.json" with { type: "json" };
import minuet from "./analyses/minuet.json" with { type: "json" };

/** What `get_performance_analysis` gave for samples/petzold-minuet-in-g.wav. */
export const MINUET = minuet;

/** The same of a take with faults: a restart, a blurred pedal, chords that don't fall together; and a steady pulse, with the melody in front. */
export const FAULTY = { ...minuet, ...faults };
