import { SessionConversation as RealConversation } from "../../src/index.ts";
import { scriptedBindings, scriptedTimes } from "./scripts.ts";

export { default } from "../../src/index.ts";

/** The conversation as it is, with a model and a library that do what a test says, and as patient as it says. */
export class SessionConversation extends RealConversation {
  constructor(state: DurableObjectState, env: ChatEnv) {
    super(state, scriptedBindings(env), scriptedTimes());
  }
}
