import type { HealthRpc, UserDataRpc } from "@crescendai/contracts";
import { describe, expect, it } from "vitest";
import { callerOf } from "./caller.ts";

/** A service as this suite uses it. */
export type ContractedService = HealthRpc & { fetch(request: Request): Promise<Response> };

/** What every service promises, whatever else it does. */
export function describeServiceContract(name: string, service: () => ContractedService): void {
  describe(`${name} keeps the contract of every service`, () => {
    it("says that it is healthy, and of each dependency that it answers", async () => {
      const health = await service().health();
      expect(health.status).toBe("healthy");
      expect(Object.values(health.dependencies).every((answer) => answer === "ok")).toBe(true);
    });

    it("answers nobody who doesn't come through the gateway", async () => {
      const answer = await service().fetch(new Request("https://mesh.test/api/v1/recordings"));
      expect(answer.status).toBe(401);
    });

    it("answers nobody whose identity the gateway can't have written", async () => {
      const forged = { "x-crescendai-caller": '{"userId":"../root","role":"admin"}' };
      const answer = await service().fetch(new Request("https://mesh.test/health", { headers: forged }));
      expect(answer.status).toBeGreaterThanOrEqual(400);
    });
  });
}

/**
 * What every service that holds data on users promises.
 *
 * @param keepSomething has the service hold something on the user, and an entry in its audit log if it keeps one
 * for that.
 * @param holdsNothing says whether an export is the one of somebody whom the service doesn't know.
 */
export function describeUserDataContract(
  name: string,
  service: () => UserDataRpc,
  keepSomething: (userId: string) => Promise<void>,
): void {
  describe(`${name} keeps the contract of services that hold data on users`, () => {
    it("exports what it holds on the caller, and nothing of anybody else", async () => {
      await keepSomething("contract-alice");
      const [own, other] = await Promise.all([
        service().exportUser(callerOf("contract-alice")),
        service().exportUser(callerOf("contract-bob")),
      ]);
      expect(own.ok && other.ok).toBe(true);
      if (own.ok && other.ok) expect(JSON.stringify(own.value)).not.toBe(JSON.stringify(other.value));
      expect(JSON.stringify(other)).not.toContain("contract-alice");
    });

    it("writes an export to the audit log", async () => {
      await service().exportUser(callerOf("contract-carol"));
      const trail = await service().auditTrail("contract-carol", 10);
      expect(trail.ok && trail.value.map(({ action }) => action)).toContain("user.export");
    });

    it("erases all that it holds on the caller, and has nothing to do the second time", async () => {
      const before = await service().exportUser(callerOf("contract-nobody"));
      await keepSomething("contract-dave");
      expect(await service().eraseUser(callerOf("contract-dave"))).toMatchObject({ ok: true });
      expect(await service().eraseUser(callerOf("contract-dave"))).toMatchObject({ ok: true });
      const after = await service().exportUser(callerOf("contract-dave"));
      expect(JSON.stringify(after)).toBe(JSON.stringify(before));
    });
  });
}
