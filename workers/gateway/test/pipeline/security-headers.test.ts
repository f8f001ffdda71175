import { describe, expect, test } from "vitest";
import { PAGE_CONTENT_SECURITY_POLICY, securityHeaders } from "../../src/pipeline/security-headers.ts";

describe("the security headers", () => {
  test.each(["local", "production", "staging"])(
    "are the same everywhere but for HTTPS: %s",
    (environment) => {
      expect(securityHeaders(environment)).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
        "referrer-policy": "no-referrer",
      });
    },
  );

  test("demand HTTPS wherever it isn't a developer's own machine", () => {
    expect(securityHeaders("local")).not.toHaveProperty("strict-transport-security");
    for (const environment of ["production", "staging", ""]) {
      expect(securityHeaders(environment)["strict-transport-security"]).toMatch(/^max-age=63072000;/);
    }
  });

  test("let no script run, not even on the page of the documentation", () => {
    for (const policy of [
      securityHeaders("local")["content-security-policy"],
      PAGE_CONTENT_SECURITY_POLICY,
    ]) {
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("script-src");
    }
  });
});
