/** Seed of the property tests: fixed, so that a failure can be had again; fast-check prints it with the counterexample. */
export const SEED = 20_261_128;
