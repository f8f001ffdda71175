import { listDurableObjectIds, reset, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll } from "vitest";

// The files of a worker's tests share one runtime, as its start takes longer than most of them; none finds what another left.
beforeAll(emptyStorage);

/**
 * Empties the databases, buckets and KV namespaces that the worker binds, its durable objects and those of its siblings.
 *
 * In the local runtime each of these is a durable object. One leaves memory after ten seconds without a request, and `reset`
 * empties only what is in memory: so everything is woken first.
 */
async function emptyStorage(): Promise<void> {
  await Promise.all(Object.values(env).map(wake));
  await reset();
}

async function wake(binding: unknown): Promise<void> {
  if (isOf<D1Database>("D1Database", binding)) await binding.prepare("SELECT 1").first();
  if (isOf<KVNamespace>("KvNamespace", binding)) await binding.list({ limit: 1 });
  if (isOf<R2Bucket>("R2Bucket", binding)) await binding.list({ limit: 1 });
  if (isOf<DurableObjectNamespace<Wakeable>>("DurableObjectNamespace", binding)) {
    const ids = await listDurableObjectIds(binding);
    await Promise.all(ids.map((id) => wakeObject(binding.get(id))));
  }
}

/** A method that no class has: which shows only once the object is awake. */
interface Wakeable extends Rpc.DurableObjectBranded {
  wake(): Promise<void>;
}

async function wakeObject(object: DurableObjectStub<Wakeable>): Promise<void> {
  try {
    await runInDurableObject(object, () => undefined);
  } catch {
    // A sibling's object, which nothing can be run in.
    await object.wake().catch(() => undefined);
  }
}

/** By the name of its class: the runtime doesn't give the classes themselves, and a service seems to have every method. */
function isOf<Binding>(className: string, binding: unknown): binding is Binding {
  return typeof binding === "object" && binding !== null && binding.constructor.name === className;
}
