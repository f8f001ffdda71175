// A worker that is bound to the orchestrator and to the provider, and measures from within how long each takes for the same.

/** Milliseconds to the first token and to the end, and the tokens, of an answer of the orchestrator. */
async function askOrchestrator(env, question) {
  const started = performance.now();
  const answer = await env.ORCHESTRATOR.stream({
    user_id: `bench-${crypto.randomUUID()}`,
    request_id: "bench",
    purpose: "chat",
    messages: [{ role: "user", content: question }],
    repeatable: false,
  });
  if (!answer.ok) throw new Error(answer.error.message);
  return await read(answer.value, started, '"type":"token"', '"type":"done"');
}

/** The same of the provider itself, without anything between. */
async function askProvider(env, question) {
  const started = performance.now();
  const answer = await env.PROVIDER.fetch("https://provider.test/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer any" },
    body: JSON.stringify({
      model: "m",
      messages: [{ role: "user", content: question }],
      stream: true,
      stream_options: { include_usage: true },
    }),
  });
  return await read(answer.body, started, '"delta":{"content":', "[DONE]");
}

async function read(body, started, token, end) {
  let text = "";
  let first = null;
  let tokens = 0;
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    tokens += chunk.split(token).length - 1;
    if (first === null && tokens > 0) first = performance.now() - started;
  }
  if (!text.includes(end) || first === null) throw new Error(`the answer is not whole: ${text.slice(-200)}`);
  return { first, total: performance.now() - started, tokens };
}

export default {
  async fetch(request, env) {
    const { count, concurrency, direct, question } = await request.json();
    const ask = direct ? askProvider : askOrchestrator;
    const answers = [];
    for (let asked = 0; asked < count; asked += concurrency)
      answers.push(...(await Promise.all(Array.from({ length: concurrency }, () => ask(env, question)))));
    return Response.json(answers);
  },
};
