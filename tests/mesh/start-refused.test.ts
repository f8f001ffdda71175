import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { claimFolder } from "../../scripts/local/claim-folder.ts";
import { startMesh } from "../../scripts/local/mesh.ts";
import { runtimeProcess } from "../support/runtime-process.ts";

it("a mesh that can't start, as on a port that is taken, says so and leaves no runtime behind", async () => {
  const host = "127.0.0.1";
  const stateFolder = mkdtempSync(join(tmpdir(), "crescendai-mesh-"));
  const taker = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    taker.on("error", reject).listen(0, host, () => {
      const address: AddressInfo | string | null = taker.address();
      if (address !== null && typeof address === "object") resolve(address.port);
    });
  });
  try {
    const started = startMesh({ host, port, stateFolder, environment: {}, log: () => undefined });
    await expect(started).rejects.toThrow(/in use/);
    expect(runtimeProcess).toThrow("the runtime isn't there");
  } finally {
    taker.close();
    rmSync(stateFolder, { recursive: true, force: true });
  }
});

it("a folder of data that a start uses is refused to a second one, and free once the first has ended", () => {
  const stateFolder = mkdtempSync(join(tmpdir(), "crescendai-mesh-"));
  try {
    const release = claimFolder(stateFolder);
    expect(() => claimFolder(stateFolder)).toThrow(`Another start uses the data in ${stateFolder}`);
    release();
    claimFolder(stateFolder)();
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
});
