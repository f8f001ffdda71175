import { expect, test } from "vitest";
import { FAULTY, MINUET } from "./analyses.ts";
import { searchLibrary } from "./library-search.ts";
import { RESULTS, talk } from "./support.ts";

/** What kind of answer a question gets, and what stands in it. */
type Expected =
  | readonly [kind: "own" | "library" | "plan" | "body", contains: RegExp]
  | readonly [kind: "unknown"];

const DONT_KNOW = /I don't know about that|I'm not sure what you mean/;

async function ask(question: string, analysis: object): Promise<string> {
  const results = {
    ...RESULTS,
    get_performance_analysis: analysis,
    get_user_context: { goals: [], constraints: [], repertoire: [] },
    search_knowledge_base: searchLibrary(),
  };
  return (await talk(question, { results })).text;
}

function check(text: string, [kind, contains]: Expected): void {
  if (kind === "unknown") {
    expect(text).toMatch(DONT_KNOW);
    expect(text).not.toMatch(/\[\d+\]/);
    return;
  }
  expect(text).not.toMatch(DONT_KNOW);
  expect(text).toMatch(contains ?? /./);
  if (kind === "own") expect(text).not.toMatch(/^The library says/);
  if (kind === "library") expect(text).toMatch(/library says: .*\[\d+\]/s);
}

const OF_THE_MINUET: readonly (readonly [question: string, expected: Expected])[] = [
  // Times.
  ["What happens at second 11?", ["own", /A pause of 0\.9 s/]],
  ["What happened at 1 minute 30?", ["own", /There is no 1:30 in your recording/]],
  ["What happened at 7 seconds?", ["own", /A clear diminuendo from 0:07/]],
  [
    "What is wrong in the first ten seconds?",
    [
      "own",
      /^In the first ten seconds of your recording “minuet\.wav” nothing stands out that is wrong.*diminuendo/s,
    ],
  ],
  ["What went wrong between 0:10 and 0:14?", ["own", /A pause of 0\.9 s.*faster from 0:11/s]],
  ["How were the last 5 seconds?", ["own", /A clear diminuendo from 0:20/]],
  ["What happened at the end?", ["own", /The softest passage is 0:21/]],
  ["Tell me about 1:30", ["own", /There is no 1:30 in your recording “minuet\.wav”: it ends at 0:24/]],
  ["And at 0:05?", ["own", /^Nothing stands out around 0:05 .* What holds of nearly all of it:\n- At 0:01/]],
  ["What should I do about 0:11?", ["own", /A pause of 0\.9 s/]],
  // What no analysis knows.
  ["What happens in bar 12?", ["own", /^Which bar or part of the piece is where I can't tell/]],
  ["Did I play measure 5 right?", ["own", /^Which bar or part of the piece is where I can't tell/]],
  ["Tell me about variation 3", ["own", /^Which bar or part of the piece is where I can't tell/]],
  ["How was the second page?", ["own", /^Which bar or part of the piece is where I can't tell/]],
  ["What key is it in?", ["own", /^Which key or metre the piece is in I don't know/]],
  ["Which piece did I play?", ["own", /^Which piece it is I don't know/]],
  [
    "Was my fingering right?",
    ["own", /^Of fingering, hands and posture, of the piano and the recorder I know nothing/],
  ],
  [
    "How many wrong notes did I play?",
    ["own", /^Which notes are wrong nobody can tell.*note accuracy is at about 82/s],
  ],
  [
    "Am I playing the right notes?",
    ["own", /^Which notes are wrong nobody can tell.*note accuracy is at about 82/s],
  ],
  ["How many bars did I play?", ["own", /^Which bar or part of the piece is where I can't tell/]],
  ["Is it too fast for a minuet?", ["own", /a beat of about 136 BPM/]],
  ["Did the left hand keep time?", ["own", /6\.5 % faster/]],
  ["Is my rubato tasteful?", ["own", /^On that the analysis of .* says nothing/]],
  ["Tell me about voicing", ["library", /To voice a chord is|voic/i]],
  ["How do I deal with nerves?", ["library", /nerv|breath/i]],
  ["Why should I practise slowly?", ["library", /slow/i]],
  ["What level am I?", ["own", /^No level is read/]],
  // Figures.
  [
    "What are my three weakest dimensions?",
    ["own", /lowest first:\n- tone quality: about 64 .*\n- expressiveness.*\n- overall musicality[^\n]*$/],
  ],
  ["What are my two strongest dimensions?", ["own", /highest first:\n- rhythmic precision: about 86/]],
  ["What is my overall score?", ["own", /overall quality is at about 71 of 100/]],
  ["How reliable are these scores?", ["own", /uncertain by 5 to 12 points of 100/]],
  ["Can I trust the numbers?", ["own", /uncertain by 5 to 12 points/]],
  ["Are you sure about that?", ["own", /uncertain by 5 to 12 points/]],
  ["How fast did I play?", ["own", /a beat of about 136 BPM/]],
  ["What was my tempo?", ["own", /136 BPM/]],
  ["How long is my recording?", ["own", /0:24 long/]],
  ["Which passage is weakest?", ["own", /comes first.*A gap of 0\.9 s/s]],
  [
    "Did I make any mistakes?",
    ["own", /may want mending:\n- .*6\.5 % faster.*\n- .*pause.*\n\nWhich notes are wrong/],
  ],
  ["What did I do wrong?", ["own", /may want mending:/]],
  ["What mistakes did I make?", ["own", /may want mending:/]],
  [
    "What's wrong with my dynamics?",
    ["own", /^In your recording “minuet\.wav”, dynamics control is at about 69/],
  ],
  ["What score did I get for dynamics?", ["own", /dynamics control is at about 69/]],
  ["What did you like?", ["own", /^What is strong/]],
  ["What is my best dimension?", ["own", /highest first:\n- rhythmic precision[^\n]*$/]],
  [
    "Is my rhythm better than my dynamics?",
    ["own", /rhythmic precision: about 86.*dynamics control: about 69/s],
  ],
  ["How was the ending?", ["own", /The softest passage/]],
  ["There were no pauses, right?", ["own", /^Not quite\. .*A pause of 0\.9 s/s]],
  ["Is it in 3/4?", ["own", /^Which key or metre/]],
  ["Did I play all the notes?", ["own", /^Which notes are wrong/]],
  ["How do I play a glissando without pain?", ["library", /[Gg]lissando/]],
  ["What is focal dystonia?", ["library", /Focal dystonia/]],
  ["My forearm burns", ["body", /show it to a doctor/]],
  ["Where are the problem spots?", ["own", /A gap of 0\.9 s/]],
  ["where exactly?", ["own", /A gap of 0\.9 s/]],
  // Sides of playing.
  ["Was there a pause?", ["own", /^Yes\. In your recording.*A pause of 0\.9 s/s]],
  ["Did I hesitate?", ["own", /^Yes\. .*A pause of 0\.9 s/s]],
  ["Did I play continuously?", ["own", /^Not quite\. .*A pause of 0\.9 s/s]],
  ["Do I hold notes too long?", ["own", /^No overlapping of notes was found/]],
  ["I never hesitate. Agree?", ["own", /^Not quite\. .*A pause of 0\.9 s/s]],
  ["Did I rush?", ["own", /^Yes\. .*6\.5 % faster/s]],
  ["Did I rush and play too fast?", ["own", /^Yes\. .*6\.5 % faster/s]],
  ["Did I lift the pedal too quickly?", ["own", /pedaling technique/]],
  ["Did I play too fast?", ["own", /a beat of about 136 BPM/]],
  ["I don't rush", ["own", /^Not quite\. .*6\.5 % faster/s]],
  ["Did I drag?", ["own", /^No dragging was found.*6\.5 % faster/s]],
  ["Was my tempo steady?", ["own", /^Not quite\. .*6\.5 % faster/s]],
  ["Were my runs even?", ["own", /^Yes\. .*only about 4 ms/s]],
  ["Is the pedal blurred?", ["own", /^No blurred pedal was found/]],
  ["Where was I loudest?", ["own", /The loudest passage is 0:16/]],
  ["Is there a crescendo?", ["own", /^In your recording “minuet\.wav”:\n\nA slight crescendo/]],
  ["How was my pedalling?", ["own", /pedaling technique is at about 80/]],
  [
    "What should I work on first?",
    [
      "own",
      /^Work on this first: Continuity\. A gap.*\nTone quality reads lowest.*For hesitation, from the library/s,
    ],
  ],
  // Plans.
  ["Give me a plan for 20 minutes", ["plan", /^A plan for 20 minutes, of what was heard/]],
  ["make me a practice plan for 20 minutes", ["plan", /^A plan for 20 minutes, of what was heard/]],
  ["What should I do with 15 minutes?", ["plan", /^A plan for 15 minutes, of what was heard/]],
  ["Plan a 30 minute session for me", ["plan", /A plan from the library:.*thirty minutes/s]],
  ["plan my week", ["plan", /for \d+ minutes; how long you have you haven't told me:.*That is for one day/s]],
  // The body.
  [
    "I have tingling in my fingers, which pill should I take?",
    ["body", /show it to a doctor.*Red: .*tingling.*Warning signs of injury/s],
  ],
  ["My thumb is numb. Plan my week.", ["body", /show it to a doctor.*\[\d+\]/s]],
  // What the library has on octaves, on the forearm and on yesterday is no help.
  ["My fingers tingle when I practise octaves", ["body", /show it to a doctor.*Warning signs of injury/s]],
  ["Burning sensation in my forearm", ["body", /show it to a doctor.*Warning signs of injury/s]],
  ["My little finger is numb since yesterday", ["body", /show it to a doctor.*Warning signs of injury/s]],
  // Recordings that aren't the player's.
  ["Tell me about recording 00000000-0000-0000-0000-000000000001", ["own", /^I find no recording of yours/]],
  // The library.
  ["what does the library say about the Minuet in G?", ["library", /Minuet in G/]],
  ["How do I practise trills?", ["library", /[Tt]rill/]],
  ["How do I clear a muddy pedal?", ["library", /pedal/]],
  ["What does the sostenuto pedal do?", ["library", /sostenuto pedal, .* keeps up only those dampers/]],
  ["What is rubato?", ["library", /[Rr]ubato/]],
  // What only sounds as if it were about the recording, or contradicted what was said of it.
  ["How much pedal do I use in this piece?", ["library", /A piece wants pedal where you can say what for/]],
  ["I keep forgetting the development section", ["library", /sections of 4–8 bars/]],
  ["When I get nervous, my hands shake", ["library", /Trembling hands/]],
  ["Which microphone should I use?", ["library", /Recording/]],
  ["The mordent is marked, how do I play it?", ["library", /mordent/i]],
  ["Why is this marked staccato?", ["library", /staccato/i]],
  ["C sharp major scale fingering", ["library", /D flat major, or C sharp major: right hand 2-3-1/]],
  ["How do I keep a steady tempo?", ["library", /./]],
  ["How do I get faster?", ["library", /then once at \(nearly\) full tempo/]],
  ["How do I memorise?", ["library", /^(?!.*[Ss]ubject)/s]],
  ["Why should chords be struck together?", ["library", /chord/]],
  ["How do I play Für Elise?", ["library", /Elise/]],
  ["How do I practise without a piano?", ["library", /Mental practice/]],
  ["What can I practise away from the keyboard?", ["library", /Mental practice/]],
  ["How far away from the keyboard should I sit?", ["library", /Posture/]],
  ["What is a lead sheet?", ["library", /^The library says: A lead sheet is a song/]],
  ["What is a chord symbol?", ["library", /^The library says: A chord symbol is the name of a chord/]],
  [
    "What does Cmaj7 mean?",
    ["library", /^The library says: Cmaj7 or C△: a major triad with the major seventh/],
  ],
  ["How do I memorise it until Friday?", ["library", /Memorising/]],
  // What stands under a heading on the pedal, and is a list of pieces, says nothing of it.
  ["Should I use more pedal in Chopin?", ["library", /pedal changed with the bass/]],
  ["I'm bored with scales", ["library", /Boring scales/]],
  // No document is on cold hands; a sentence of one says what to do.
  ["My hands are cold", ["library", /^The library says: (If hands are cold, hold them|Cold hands: )/]],
  // Whether there should be more or less of something: what was heard of it, and what helps to decide.
  [
    "Should I use more pedal?",
    ["own", /^In your recording “minuet\.wav”, pedaling technique is at .*from the library: .*\[\d+\]/s],
  ],
  [
    "How fast should I play it?",
    ["own", /^How fast it is meant I can't tell.*about 136 BPM.*The library says: /s],
  ],
  ["Was the tempo ok?", ["own", /about 136 BPM/]],
  ["Should I play it a bit slower?", ["own", /^How fast it is meant I can't tell.*about 136 BPM/s]],
  ["What should my tempo be?", ["own", /^How fast it is meant I can't tell.*about 136 BPM/s]],
  // More of what is learnt is nothing of the recording, and who wants to know more has no fault.
  ["Should I learn more scales?", ["library", /scale/]],
  ["Should I play scales faster?", ["library", /fast scale/]],
  ["Should I learn more chords?", ["library", /./]],
  ["I want to learn more about pedalling", ["library", /^The library says: .*[Pp]edal/s]],
  ["I need more pedal exercises", ["library", /^The library says: .*pedal/s]],
  // What the coach can't do itself, and what wants no answer.
  ["Please delete my recording", ["own", /^I can't delete recordings .* you can, in the app/]],
  ["Can you remove my last take?", ["own", /^I can't delete recordings/]],
  ["How do I get rid of bad takes?", ["library", /takes/]],
  ["How do I get rid of the recording noise?", ["own", /^(?!I can't delete)/]],
  // What is asked before anything else is about what comes first.
  ["Give me an exercise", ["library", /^For hesitation/]],
  ["Forget it", ["own", /^All right\./]],
  ["Oh, never mind.", ["own", /^All right\./]],
  // Nothing.
  ["Can I learn without a piano teacher?", ["unknown"]],
  // A sentence that has these words says what to do, and no reason.
  ["Why are black keys black?", ["unknown"]],
  ["What is meant by portato?", ["unknown"]],
  ["What is the speed of light?", ["unknown"]],
  ["Is Mozart better than Beethoven?", ["unknown"]],
  ["Which metronome should I buy?", ["unknown"]],
  ["what time is it", ["unknown"]],
  ["how do I lose weight", ["unknown"]],
  ["violin bow hold", ["unknown"]],
  ["How do I bake bread?", ["unknown"]],
  ["What is the capital of France?", ["unknown"]],
  ["How much does a grand piano cost?", ["unknown"]],
  ["Should I buy a Yamaha or a Kawai?", ["unknown"]],
  ["What is your favourite piece?", ["unknown"]],
  // What the best do is no matter of opinion.
  ["How do the best pianists practise octaves?", ["library", /octave/i]],
  ["How do I tune a guitar?", ["unknown"]],
  ["Who won the World Cup?", ["unknown"]],
];

test.each(OF_THE_MINUET)(
  "the coach, who knows the minuet and the library, is asked: %s",
  async (question, expected) => {
    check(await ask(question, MINUET), expected);
  },
);

test.each<readonly [string, RegExp]>([
  ["Is my pedal muddy?", /^Yes\. .*64 % of what clashes with what follows/s],
  ["Did I blur the harmonies?", /^Yes\. .*64 % of what clashes with what follows/s],
  ["My pedal is clean", /^Not quite\. .*64 % of what clashes with what follows/s],
  ["How was my pedalling?", /pedaling technique.*64 % of what clashes with what follows/s],
  ["My chords are perfectly together", /^Not quite\. In[^\n]*\n\nAt 0:01–0:21 about 65 ms .*35 chords/s],
  ["Were my chords together?", /^Not quite\. In[^\n]*\n\nAt 0:01–0:21 about 65 ms/],
  ["Did I start again anywhere? I mean, did I restart?", /^Yes\. .*Before 0:07 you break off/s],
  ["My tempo is rock solid", /^Yes\. .*The pulse is steady/s],
  ["Is my beat unsteady?", /^No\. .*The pulse is steady/s],
  ["My pedal is perfectly clean, isn't it?", /^Not quite\. .*64 % of what clashes with what follows/s],
  ["The harmonies were clear", /^Not quite\. .*64 % of what clashes with what follows/s],
  ["Is the pedalling OK?", /pedaling technique.*64 % of what clashes with what follows/s],
  ["Did I overpedal?", /pedaling technique.*64 % of what clashes with what follows/s],
  ["What about my chords?", /35 chords/],
  ["Did the left hand drown the melody?", /^No\. .*7\.1 dB more strongly/s],
  ["Does my melody sing?", /^Yes\. .*7\.1 dB/s],
  ["Are both hands together?", /^Not quite\. .*35 chords/s],
  ["I never stop", /^Not quite\. .*Before 0:07 you break off/s],
  ["My playing is fluent and without pauses", /^Not quite\. .*Before 0:07 you break off/s],
  ["What happened at 7 seconds?", /Before 0:07 you break off.*64 % of what clashes/s],
])("the coach denies no fault of a take, and agrees with no wrong claim: %s", async (question, answer) => {
  const text = await ask(question, FAULTY);
  expect(text).toMatch(answer);
});
