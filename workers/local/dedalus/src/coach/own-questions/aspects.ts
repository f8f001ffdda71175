import type { FindingKind } from "@crescendai/contracts";

/** A side of playing that is narrower than a dimension, and that players ask about by name: "Where did I rush?" */
export interface Aspect {
  readonly name: string;
  /** How players speak of it. */
  readonly asked: readonly RegExp[];
  /** The words among these that call it bad. */
  readonly bad?: readonly RegExp[];
  /** The words that call it good. */
  readonly good?: readonly RegExp[];
  /** The findings that are this fault, that show it to be well, and that describe it without either. */
  readonly kinds: {
    readonly fault?: readonly FindingKind[];
    readonly fine?: readonly FindingKind[];
    readonly described?: readonly FindingKind[];
  };
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

/** Those that are narrower first: "Did my tempo drag?" asks about dragging, "gaps between the notes" about touch. */
export const ASPECTS: readonly Aspect[] = [
  {
    name: "rushing",
    asked: [
      /\brush|\bhurr(y|ied)|\b(speed(ing)?|sped) up\b|\baccelerat|\bruns?(ning)? away\b/,
      /\bget(ting)? faster\b/,
    ],
    bad: [/\b(rush|hurr|speed|sped|accelerat|run|get)/],
    kinds: { fault: ["tempo_drift"] },
    direction: 1,
    isFault: true,
    dimension: "rhythmic_precision",
    topic: "rushing steady tempo subdivide",
    opposite: /\bdrag/i,
  },
  {
    name: "dragging",
    asked: [/\bdrag|\bslow(ing|ed)? down\b|\bget(ting)? slower\b|\bsag(s|ged|ging)?\b/],
    bad: [/\b(drag|slow|get|sag)/],
    kinds: { fault: ["tempo_drift"] },
    direction: -1,
    isFault: true,
    dimension: "rhythmic_precision",
    topic: "dragging steady tempo longer beats",
    opposite: /\bthere you rush|\bare rushed\b/i,
  },
  {
    name: "detached touch",
    asked: [
      /\bchoppy\b|\b(detached|disconnected)\b|\bgaps? between\b|\blet go early\b|\bnotes\b.*\btoo short\b/,
    ],
    bad: [/\b(choppy|detached|disconnected|gaps?|too short)\b/],
    kinds: { fault: ["detached_passage"] },
    isFault: true,
    dimension: "articulation_quality",
    topic: "legato",
    opposite: /\b(note endings|release|staccato|short first)\b/i,
  },
  {
    name: "hesitation",
    asked: [
      /\bhesitat|\bpaus(e|es|ed|ing)\b|\bgaps?\b|\bstumbl/,
      /\bstopp(ed|ing)\b|\bi ([\w']+ )?stop\b( all the time)?(?! (my|the|\w+ing)\b)/,
      /\brestart|\bsilences?\b|\bbreak off\b|\bbroke off\b|\bfluen(t|cy)|\bcontinuous|\bin one go\b/,
      /\bplay(ed)? through\b|\bgo(ing)? back\b/,
    ],
    bad: [/\b(hesitat|paus|gaps?|stop|stumbl|restart|silence|br(oke|eak) off|go(ing)? back)/],
    good: [/\b(fluen|continuous|in one go|play(ed)? through)/],
    kinds: { fault: ["pause", "restart"] },
    isFault: true,
    dimension: "rhythmic_precision",
    topic: "recovering: stops and hesitations, practising across the gap",
  },
  {
    name: "blurred pedal",
    asked: [
      /\bharmon\w+ (run|ran|mix|overlap)|\bblur|\bmudd|\bsmear|\bmurky\b/,
      /^(?=.*\b(pedal\w*|harmon\w+)\b)(?=.*\b((un)?(clean(ly)?|clear(ly)?)|messy|dirty|perfect|flawless|too much)\b)/,
    ],
    bad: [/\bharmon\w+ (run|ran|mix|overlap)|\b(blur|mudd|smear|murky|messy|dirty|unclear|unclean|too much)/],
    good: [/\b(clean|clear|perfect|flawless)(ly)?\b/],
    kinds: { fault: ["pedal_blur"], fine: ["clear_pedal"] },
    isFault: true,
    dimension: "pedaling_technique",
    topic: "muddy pedal",
    opposite: /\btoo dry\b/i,
  },
  {
    name: "too little pedal",
    asked: [/^(?=.*\bpedal)(?=.*\b(dry|too (little|short)|not enough|more resonan\w+)\b)/],
    bad: [/\b(dry|too (little|short)|not enough)\b/],
    kinds: {},
    dimension: "pedaling_technique",
    topic: "dry pedalling",
    opposite: /\b(muddy|blur\w*|mud|smear\w*)\b/i,
  },
  {
    name: "overlapping of notes",
    asked: [
      /\b(run|runs|ran|running|bleed|bleeding) into (each other|one another|the next)\b|\boverlap/,
      /\b(notes|keys)\b.*\btoo long\b/,
    ],
    bad: [/\b(into|overlap\w*|too long|sticky)\b/],
    kinds: { fault: ["overlapped_passage"] },
    isFault: true,
    dimension: "articulation_quality",
    topic: "clean note endings",
    opposite: /\b(joining|join the|no gaps?|each key (held|down) until|hold each|overlap: keep|connect)\b/i,
  },
  {
    name: "the joins of the notes",
    asked: [/\blegato\b|\bconnected\b|\bjoined\b.*\bnotes\b|\bnotes\b.*\bjoined\b/],
    good: [/\b(legato|connected|joined|smooth(ly)?)\b/],
    kinds: { fault: ["detached_passage", "overlapped_passage"] },
    dimension: "articulation_quality",
    topic: "legato",
  },
  {
    name: "the beat",
    asked: [/\b(pulse|beat|tempo)\b|\b(un)?steady\b|\b(in|keep|kept) time\b|\bwaver/],
    bad: [/\b(unsteady|waver\w*|uneven|wobbl\w+|irregular|unstable|off)\b/],
    good: [/\b(steady|even|stable|regular|constant|(in|keep|kept) time|rock solid)\b/],
    kinds: { fault: ["unsteady_pulse", "tempo_drift"], fine: ["steady_pulse"] },
    dimension: "rhythmic_precision",
    topic: "steady tempo subdivide",
    opposite: /\bdrag/i,
  },
  {
    name: "chords",
    asked: [/\bchords?\b|\bhands\b.*\b(together|apart|in sync|same (time|moment))\b/],
    bad: [/\b(apart|spread|split|ragged|rolled|broken|untidy|one after (the other|another))\b/],
    good: [/\b(together|simultaneous(ly)?|as one|same (time|moment)|in sync|tidy|clean)\b/],
    kinds: { fault: ["chords_not_together"], fine: ["chords_together"] },
    dimension: "rhythmic_precision",
    topic: "chords together",
  },
  {
    name: "running notes",
    asked: [
      /\b(un)?even(ly|ness)?\b|\bruns\b|\b(running|quick|fast) (notes|passages?)\b|\bpassage ?work\b|\bscales\b/,
    ],
    bad: [/\b(uneven|limp|ragged|untidy|jerky)/],
    good: [/\b(even|equal|regular|tidy|clean|smooth)(ly|ness)?\b/],
    kinds: { fault: ["uneven_runs"], fine: ["even_runs"] },
    dimension: "rhythmic_precision",
    topic: "evenness passagework groups accents",
  },
  {
    name: "too loud a melody",
    asked: [
      /\b(melody|tune|top voice|right hand)\b.*\b(too (loud|strong|heavy|hard|prominent)|sticks out|overpowers?)\b/,
    ],
    bad: [/\b(too|sticks|overpowers?)\b/],
    kinds: {},
    dimension: "dynamics_control",
    topic: "melody too loud: lighten",
    opposite: /\b(full tone|forte|whisper|left hand (is|just))\b/i,
  },
  {
    name: "the balance between melody and accompaniment",
    asked: [
      /\b(melody|(?<!\b(in|of) )tune|top voice|voicing|accompaniment)\b|\bbalanced?\b|\bdrown/,
      /\b(left|right) hand\b.*\b(loud|soft|quiet|strong|heavy|cover|sing)/,
    ],
    bad: [
      /\b(drown|buried|bury|cover|lost|hidden|unbalanced|hard to hear)/,
      /\btoo (loud|soft|quiet|strong|heavy|weak)\b|\b(so|much) loud/,
    ],
    good: [
      /\b(lead|led\b|sing|sang|clear|balanced|audible|heard|voiced)/,
      /\b(stands?|stood|bring|brought|loud enough|project)/,
    ],
    kinds: { fault: ["melody_buried"], fine: ["melody_voiced"] },
    dimension: "dynamics_control",
    topic: "balance melody accompaniment",
    opposite: /\bmelody is too loud\b/i,
  },
  {
    name: "the sound of the recording itself",
    asked: [
      /\bdistort|\bclip(s|ped|ping)?\b|\bhum(s|ming)?\b|\bnois(e|es|y)\b|\bmicrophone\b/,
      /\b(recording|sound|audio|record(ed|ing)? level) quality\b|\b(badly|well) recorded\b/,
    ],
    bad: [/\b(distort|clip|hum|nois|badly|bad)/],
    good: [/\b(well|good|clean)\b/],
    kinds: {
      fault: ["clipping", "too_quiet", "hum", "distant", "damaged", "noise"],
      described: ["silence", "steady_tone", "speech", "other_instrument", "unlike_piano", "talk"],
    },
    dimension: "",
    topic: "recording oneself",
  },
  {
    name: "crescendos",
    asked: [/\bcrescend|\bget(ting)? louder\b|\bgrow(ing|s)?\b/],
    kinds: { described: ["crescendo"] },
    dimension: "dynamics_control",
    topic: "crescendo",
  },
  {
    name: "diminuendos",
    asked: [/\b(diminuend|decrescend)|\bget(ting)? (softer|quieter)\b|\bfad(e|es|ed|ing)\b/],
    kinds: { described: ["diminuendo"] },
    dimension: "dynamics_control",
    topic: "diminuendo",
  },
  {
    name: "exaggerated dynamics",
    asked: [
      /^(?=.*\b(dynamics?|contrasts?|crescend\w+|accents?)\b)(?=.*\b(exaggerated|overdone|too (extreme|big|large|much|strong))\b)/,
    ],
    bad: [/\b(exaggerated|overdone|too)\b/],
    kinds: {},
    dimension: "dynamics_control",
    topic: "exaggerated dynamics",
    opposite: /\b(exaggerate|extremes|widen|louder than|echo|right hand loud)\b/i,
  },
  {
    name: "the range between loud and soft",
    asked: [
      /\b(contrasts?|monoton\w+|dynamic range)\b|\b(difference|distance) between (loud|soft)/,
      /\b(always|all|everything|equally) (too |equally )?(loud|soft|the same)\b|\bdynamics?\b.*\b(flat|narrow)\b/,
    ],
    bad: [
      /\b(monoton|flat|narrow|always|all|everything|equally|(no|little|too little|not enough|lack\w*( of| in)?) (contrast|dynamic))/,
    ],
    good: [/\b(enough|wide|good|big|clear) (\w+ )?(contrasts?|range)\b/],
    kinds: {
      fault: ["narrow_dynamics"],
      fine: ["wide_dynamics"],
      described: ["loudest_passage", "softest_passage"],
    },
    dimension: "dynamics_control",
    topic: "dynamics control levels echo ladder",
    opposite: /\bexaggerated\b/i,
  },
  {
    name: "loud and soft places",
    asked: [/\bloud|\bfort(e|issimo)\b|\bclimax|\b(soft|quiet)|\bpianissimo\b/],
    kinds: { described: ["loudest_passage", "softest_passage"] },
    dimension: "dynamics_control",
    topic: "dynamics",
  },
];
