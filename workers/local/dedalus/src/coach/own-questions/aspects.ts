import type { FindingKind } from "@crescendai/contracts";
import { cues } from "../language/cues.ts";

/** A side of playing that is narrower than a dimension, and that players ask about by name: "Where did I rush?" */
export interface Aspect {
  readonly name: string;
  /** How players speak of it; the words among these that call it bad, and good. */
  readonly asked: RegExp;
  readonly bad?: RegExp;
  readonly good?: RegExp;
  /** The findings that are this fault, that show it to be well, and that describe it without either. */
  readonly fault?: readonly FindingKind[];
  readonly fine?: readonly FindingKind[];
  readonly described?: readonly FindingKind[];
  /** Where a change of tempo belongs to it in one direction only: 1 if it is a fault to get faster, −1 if slower. */
  readonly direction?: 1 | -1;
  /** Whether it's a fault by name: "rushing". Of such it can be said that there is none. */
  readonly isFault?: true;
  readonly dimension: string;
  /** What the library calls it, and its cure. */
  readonly topic: string;
  /** What a title, a heading or a step has where the opposite is to be mended: an exercise for that would make this worse. */
  readonly opposite?: RegExp;
}

function side(
  name: string,
  dimension: string,
  topic: string,
  how: Omit<Aspect, "name" | "dimension" | "topic">,
): Aspect {
  return { name, dimension, topic, ...how };
}

/** Those that are narrower first: "Did my tempo drag?" asks about dragging, "gaps between the notes" about touch. */
export const ASPECTS: readonly Aspect[] = [
  side("rushing", "rhythmic_precision", "rushing steady tempo subdivide", {
    asked: cues`\brush|\bhurr(y|ied)|\b(speed(ing)?|sped) up\b|\baccelerat|\bruns?(ning)? away\b|\bget(ting)? faster\b`,
    bad: /\b(rush|hurr|speed|sped|accelerat|run|get)/,
    fault: ["tempo_drift"],
    direction: 1,
    isFault: true,
    opposite: /\bdrag/i,
  }),
  side("dragging", "rhythmic_precision", "dragging steady tempo longer beats", {
    asked: /\bdrag|\bslow(ing|ed)? down\b|\bget(ting)? slower\b|\bsag(s|ged|ging)?\b/,
    bad: /\b(drag|slow|get|sag)/,
    fault: ["tempo_drift"],
    direction: -1,
    isFault: true,
    opposite: /\bthere you rush|\bare rushed\b/i,
  }),
  side("detached touch", "articulation_quality", "legato", {
    asked: cues`\bchoppy\b|\b(detached|disconnected)\b|\bgaps? between\b|\blet go early\b|\bnotes\b.*\btoo short\b`,
    bad: /\b(choppy|detached|disconnected|gaps?|too short)\b/,
    fault: ["detached_passage"],
    isFault: true,
    opposite: /\b(note endings|release|staccato|short first)\b/i,
  }),
  side("staccato", "articulation_quality", "staccato", {
    // Of notes that were found as short as staccato it's for joining them, if that is wanted, that something is looked for.
    asked: /(?<!\bas short as )\bstaccat|\bportato\b/,
    described: ["detached_passage"],
    opposite: /\blegato\b|\bjoin/i,
  }),
  side("hesitation", "rhythmic_precision", "recovering: stops and hesitations, practising across the gap", {
    asked: cues`
      \bhesitat|\bpaus(e|es|ed|ing)\b|\bgaps?\b|\bstumbl|\bplay(ed)? through\b|\bgo(ing)? back\b
      \bstopp(ed|ing)\b|\bi ([\w']+ )?stop\b( all the time)?(?! (my|the|\w+ing)\b)
      \bthe music (stops|halts|stands still)\b|\brestart|\bsilences?\b|\bbreak off\b|\bbroke off\b|\bfluen(t|cy)|\bcontinuous|\bin one go\b`,
    bad: /\b(hesitat|paus|gaps?|stop|stumbl|restart|silence|br(oke|eak) off|go(ing)? back)/,
    good: /\b(fluen|continuous|in one go|play(ed)? through)/,
    fault: ["pause", "hold", "restart"],
    isFault: true,
  }),
  side("blurred pedal", "pedaling_technique", "muddy pedal", {
    asked: cues`
      \bharmon\w+ (run|ran|mix|overlap)|\bblur|\bmudd|\bsmear|\bmurky\b
      ^(?=.*\b(pedal\w*|harmon\w+)\b)(?=.*\b((un)?(clean(ly)?|clear(ly)?)|messy|dirty|perfect|flawless|too much|less)\b)`,
    bad: /\bharmon\w+ (run|ran|mix|overlap)|\b(blur|mudd|smear|murky|messy|dirty|unclear|unclean|too much)/,
    good: /\b(clean|clear|perfect|flawless)(ly)?\b/,
    fault: ["pedal_blur"],
    fine: ["clear_pedal"],
    isFault: true,
    opposite: /\btoo dry\b/i,
  }),
  side("too little pedal", "pedaling_technique", "dry pedalling", {
    asked: /^(?=.*\bpedal)(?=.*\b(dry|too (little|short)|not enough|more resonan\w+)\b)/,
    bad: /\b(dry|too (little|short)|not enough)\b/,
    opposite: /\b(muddy|blur\w*|mud|smear\w*)\b/i,
  }),
  side("overlapping of notes", "articulation_quality", "clean note endings", {
    asked: cues`
      \b(run|runs|ran|running|bleed|bleeding) into (each other|one another|the next)\b|\boverlap
      \b(notes|keys)\b.*\btoo long\b`,
    bad: /\b(into|overlap\w*|too long|sticky)\b/,
    fault: ["overlapped_passage"],
    isFault: true,
    opposite: /\b(joining|join the|no gaps?|each key (held|down) until|hold each|overlap: keep|connect)\b/i,
  }),
  side("the joins of the notes", "articulation_quality", "legato", {
    asked: /\blegato\b|\bconnected\b|\bjoined\b.*\bnotes\b|\bnotes\b.*\bjoined\b/,
    good: /\b(legato|connected|joined|smooth(ly)?)\b/,
    fault: ["detached_passage", "overlapped_passage"],
  }),
  side("the beat", "rhythmic_precision", "steady tempo subdivide", {
    asked: /\b(pulse|beat|tempo)\b|\b(un)?steady\b|\b(in|keep|kept) time\b|\bwaver/,
    bad: /\b(unsteady|waver\w*|uneven|wobbl\w+|irregular|unstable|off)\b/,
    good: /\b(steady|even|stable|regular|constant|(in|keep|kept) time|rock solid)\b/,
    fault: ["unsteady_pulse", "tempo_drift"],
    fine: ["steady_pulse"],
    opposite: /\bdrag/i,
  }),
  side("chords", "rhythmic_precision", "chords together", {
    asked: /\bchords?\b|\bhands\b.*\b(together|apart|in sync|same (time|moment))\b/,
    bad: /\b(apart|spread|split|ragged|rolled|broken|untidy|one after (the other|another))\b/,
    good: /\b(together|simultaneous(ly)?|as one|same (time|moment)|in sync|tidy|clean)\b/,
    fault: ["chords_not_together"],
    fine: ["chords_together"],
  }),
  side("running notes", "rhythmic_precision", "evenness passagework groups accents", {
    asked:
      /\b(un)?even(ly|ness)?\b|\bruns\b|\b(running|quick|fast) (notes|passages?)\b|\bpassage ?work\b|\bscales\b/,
    bad: /\b(uneven|limp|ragged|untidy|jerky)/,
    good: /\b(even|equal|regular|tidy|clean|smooth)(ly|ness)?\b/,
    fault: ["uneven_runs"],
    fine: ["even_runs"],
  }),
  side("too loud a melody", "dynamics_control", "melody too loud: lighten", {
    asked: cues`\b(melody|tune|top voice|right hand)\b.*\b(too (loud|strong|heavy|hard|prominent)|sticks out|overpowers?)\b`,
    bad: /\b(too|sticks|overpowers?)\b/,
    opposite: /\b(full tone|forte|whisper|left hand (is|just))\b/i,
  }),
  side("the balance between melody and accompaniment", "dynamics_control", "balance melody accompaniment", {
    asked: cues`
      \b(melody|(?<!\b(in|of) )tune|top voice|voicing|accompaniment)\b|\bbalanced?\b|\bdrown
      \b(left|right) hand\b.*\b(loud|soft|quiet|strong|heavy|cover|sing)`,
    bad: cues`
      \b(drown|buried|bury|cover|lost|hidden|unbalanced|hard to hear)
      \btoo (loud|soft|quiet|strong|heavy|weak)\b|\b(so|much) loud`,
    good: /\b(lead|led\b|sing|sang|clear|balanced|audible|heard|voiced|stands?|stood|bring|brought|loud enough|project)/,
    fault: ["melody_buried"],
    fine: ["melody_voiced"],
    opposite: /\bmelody is too loud\b/i,
  }),
  side("the sound of the recording itself", "", "recording oneself", {
    asked: cues`
      \bdistort|\bclip(s|ped|ping)?\b|\bhum(s|ming)?\b|\bnois(e|es|y)\b|\bmicrophone\b
      \b(recording|sound|audio|record(ed|ing)? level) quality\b|\b(badly|well) recorded\b`,
    bad: /\b(distort|clip|hum|nois|badly|bad)/,
    good: /\b(well|good|clean)\b/,
    fault: ["clipping", "too_quiet", "hum", "distant", "damaged", "noise"],
    described: ["silence", "steady_tone", "speech", "other_instrument", "unlike_piano", "talk"],
  }),
  side("crescendos", "dynamics_control", "crescendo", {
    asked: /\bcrescend|\bget(ting)? louder\b|\bgrow(ing|s)?\b/,
    described: ["crescendo"],
  }),
  side("diminuendos", "dynamics_control", "diminuendo", {
    asked: /\b(diminuend|decrescend)|\bget(ting)? (softer|quieter)\b|\bfad(e|es|ed|ing)\b/,
    described: ["diminuendo"],
  }),
  side("exaggerated dynamics", "dynamics_control", "exaggerated dynamics", {
    asked: cues`^(?=.*\b(dynamics?|contrasts?|crescend\w+|accents?)\b)(?=.*\b(exaggerated|overdone|too (extreme|big|large|\
      much|strong))\b)`,
    bad: /\b(exaggerated|overdone|too)\b/,
    opposite: /\b(exaggerate|extremes|widen|louder than|echo|right hand loud)\b/i,
  }),
  side("the range between loud and soft", "dynamics_control", "dynamics control levels echo ladder", {
    asked: cues`
      \b(contrasts?|monoton\w+|dynamic range)\b|\b(difference|distance) between (loud|soft)
      \b(always|all|everything|equally) (too |equally )?(loud|soft|the same)\b|\bdynamics?\b.*\b(flat|narrow)\b`,
    bad: cues`\b(monoton|flat|narrow|always|all|everything|equally|(no|little|too little|not enough|lack\w*( of| in)?) \
      (contrast|dynamic))`,
    good: /\b(enough|wide|good|big|clear) (\w+ )?(contrasts?|range)\b/,
    fault: ["narrow_dynamics"],
    fine: ["wide_dynamics"],
    described: ["loudest_passage", "softest_passage"],
    opposite: /\bexaggerated\b/i,
  }),
  side("loud and soft places", "dynamics_control", "dynamics", {
    asked: /\bloud|\bfort(e|issimo)\b|\bclimax|\b(soft|quiet)|\bpianissimo\b/,
    described: ["loudest_passage", "softest_passage"],
  }),
];
