/** Fetches what the pianos need and the repository doesn't hold. */

import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../process.ts";
import type { PianoSources } from "./catalogue.ts";
import { SALAMANDER_PACKAGES } from "./salamander.ts";

/** Where Debian's packages put soundfonts. */
const SOUNDFONT_FOLDERS = ["/usr/share/sounds/sf2", "/usr/share/minuet/soundfonts"] as const;

/**
 * Puts the piano samples into the cache folder with npm, unless they're there, and says where everything is. Soundfonts
 * are looked for in the folders given, then in Debian's.
 */
export async function fetchSources(cache: string, soundfonts: readonly string[]): Promise<PianoSources> {
  const folder = join(cache, "npm");
  const modules = join(folder, "node_modules");
  const last = join(modules, "@audio-samples", "piano-mp3-velocity16");
  const there = await access(last).then(
    () => true,
    () => false,
  );
  if (!there) {
    await mkdir(folder, { recursive: true });
    const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    await run("npm", ["install", "--prefix", folder, ...options, ...SALAMANDER_PACKAGES]);
  }
  return { modules, soundfonts: [...soundfonts, ...SOUNDFONT_FOLDERS], cache };
}
