// `npm run test:long`: the mesh as a client sees it, where that takes too long for `npm test`.
import { run, runVisibly } from "./local/run.ts";

await run("turbo", ["run", "build", "--output-logs=errors-only"]);
process.exit(await runVisibly("pnpm", ["--dir", "tests", "run", "test:long"]));
