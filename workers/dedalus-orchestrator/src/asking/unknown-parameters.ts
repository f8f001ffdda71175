import type { DispensableParameter } from "../provider/request-body.ts";

/** Parameters that a model has refused, by model: what this isolate has learnt, so that each costs one request. */
const refused = new Map<string, ReadonlySet<DispensableParameter>>();

const NONE: ReadonlySet<DispensableParameter> = new Set();

/** The parameters that a model isn't sent. */
export function doneWithout(model: string): ReadonlySet<DispensableParameter> {
  return refused.get(model) ?? NONE;
}

/** Remembers that a model refuses a parameter; whether asking it again without makes sense. */
export function doWithout(model: string, parameter: DispensableParameter | undefined): boolean {
  if (parameter === undefined || doneWithout(model).has(parameter)) return false;
  refused.set(model, new Set([...doneWithout(model), parameter]));
  return true;
}
