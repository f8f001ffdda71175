// `npm run rebuild-index -- --url URL [--key KEY]`: makes the indexes of a mesh's library anew from its tables.
import { parseArgs } from "node:util";

const USAGE =
  "Usage: npm run rebuild-index -- [--url http://localhost:8787] [--key ADMIN_KEY]   (or the key in SEED_KEY)";

await main().catch((cause) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { url: { type: "string", default: "http://localhost:8787" }, key: { type: "string" } },
  });
  if (!URL.canParse(values.url)) throw new Error(USAGE);
  const key = values.key ?? process.env["SEED_KEY"];
  const answer = await fetch(new URL("/api/v1/knowledge/rebuild", values.url), {
    method: "POST",
    headers: key === undefined ? {} : { "x-api-key": key },
  });
  console.log(await answer.text());
  if (!answer.ok) process.exit(1);
}
