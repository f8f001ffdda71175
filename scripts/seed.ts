// `npm run seed -- --url URL [--key KEY]`: brings the library of a mesh that runs anywhere up to the repository's.
import { parseArgs } from "node:util";
import { describeSeeded, seedLibrary } from "./seed/seed-library.ts";

const USAGE =
  "Usage: npm run seed -- --url https://api.example.com [--key ADMIN_KEY]   (or the key in SEED_KEY)";

await main().catch((cause) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
});

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: "string" }, key: { type: "string" } } });
  if (values.url === undefined || !URL.canParse(values.url)) throw new Error(USAGE);
  const url = values.url;
  const key = values.key ?? process.env["SEED_KEY"];
  const credentials: Record<string, string> = key === undefined ? {} : { "x-api-key": key };
  const seeded = await seedLibrary((path, { headers, ...init }) =>
    fetch(new URL(path, url), { ...init, headers: { ...headers, ...credentials } }),
  );
  console.log(describeSeeded(seeded));
  for (const failure of seeded.failures) console.error(failure);
  if (seeded.failures.length > 0) process.exit(1);
}
