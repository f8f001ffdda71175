/** As which the stand-in names itself, whatever model is asked for. */
export const COACH = "local/extractive-coach";
