import { reset } from "cloudflare:test";
import { beforeAll } from "vitest";

// The files of a worker's tests share one runtime, as its start takes longer than most of them; none finds what another left.
beforeAll(() => reset());
