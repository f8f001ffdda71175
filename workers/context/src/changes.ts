import type {
  ContextAddition,
  ContextMember,
  ContextRemoval,
  PutContext,
  UserContext,
} from "@crescendai/contracts";
import { isDailyTime } from "./daily-time.ts";

/**
 * What a context becomes with an addition; checked by nobody yet. What is there already in other capitals isn't added again, and
 * a time a day takes the place of the one that was told before.
 */
export function addTo(context: UserContext, addition: ContextAddition): PutContext {
  const isTimeTold = (addition.constraints ?? []).some(isDailyTime);
  const constraints = isTimeTold
    ? context.constraints.filter((constraint) => !isDailyTime(constraint))
    : context.constraints;
  return {
    goals: united(context.goals, addition.goals),
    constraints: united(constraints, addition.constraints),
    repertoire: united(context.repertoire, addition.repertoire),
    experience_level: addition.experience_level ?? context.experience_level,
    preferred_feedback_style: addition.preferred_feedback_style ?? context.preferred_feedback_style,
  };
}

/** What a context becomes without what is taken out; what isn't there needn't be. */
export function takeFrom(context: UserContext, removal: ContextRemoval): PutContext {
  const isGone = (member: ContextMember) => removal.all_of?.includes(member) ?? false;
  const left = (member: "goals" | "constraints" | "repertoire") =>
    isGone(member) ? [] : context[member].filter((entry) => !(removal[member] ?? []).includes(entry));
  return {
    goals: left("goals"),
    constraints: left("constraints"),
    repertoire: left("repertoire"),
    experience_level: isGone("experience_level") ? null : context.experience_level,
    preferred_feedback_style: isGone("preferred_feedback_style") ? null : context.preferred_feedback_style,
  };
}

function united(before: readonly string[], added: readonly string[] = []): string[] {
  const result = [...before];
  for (const entry of added) {
    const folded = entry.trim().toLowerCase();
    if (!result.some((known) => known.trim().toLowerCase() === folded)) result.push(entry);
  }
  return result;
}
