/** Which ears these are: goes up whenever the same recording would be heard or described differently. */
export const LISTENING_VERSION = "embedded-notes-10";
