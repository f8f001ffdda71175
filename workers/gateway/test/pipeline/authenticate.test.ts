import type { ErrorCode } from "@crescendai/contracts";
import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { type AuthenticationConfig, authenticate } from "../../src/pipeline/authenticate.ts";

const SECRET = "a secret that is long enough for HS256";
const OPEN: AuthenticationConfig = { ENVIRONMENT: "local" };
const KEYS: AuthenticationConfig = { ENVIRONMENT: "production", ALLOWED_API_KEYS: "app-key,admin:admin-key" };
const TOKENS: AuthenticationConfig = { ENVIRONMENT: "production", JWT_SECRET: SECRET };
const BOTH: AuthenticationConfig = { ...KEYS, JWT_SECRET: SECRET };

/** The caller as `role userId`, or the code of the refusal. */
async function whoIs(headers: Record<string, string>, config: AuthenticationConfig): Promise<string> {
  const identity = await authenticate(new Headers(headers), config);
  return identity.ok ? `${identity.value.role} ${identity.value.userId}` : identity.error.code;
}

function tokenOf(subject: string, secret = SECRET): Promise<string> {
  return signer(subject).setExpirationTime("5m").sign(new TextEncoder().encode(secret));
}

function signer(subject: string): SignJWT {
  return new SignJWT().setProtectedHeader({ alg: "HS256" }).setSubject(subject).setIssuedAt();
}

describe("with nothing configured", () => {
  test("a local environment knows a caller who says nothing as default_user, who may do everything there", async () => {
    expect(await whoIs({}, OPEN)).toBe("admin default_user");
    expect(await whoIs({}, { ...OPEN, ALLOWED_API_KEYS: "", JWT_SECRET: "" })).toBe("admin default_user");
  });

  test.each(["http://localhost:5173", "https://evil.example", "null"])(
    "a page of the origin %s in somebody's browser is no administrator",
    async (origin) => {
      expect(await whoIs({ origin }, OPEN)).toBe("user default_user");
    },
  );

  test("a local environment takes the caller's word for who it is, which makes nobody an administrator", async () => {
    expect(await whoIs({ "x-user-id": "clara" }, OPEN)).toBe("user clara");
    expect(await whoIs({ "x-user-id": "default_user" }, OPEN)).toBe("user default_user");
  });

  test("a local environment refuses a key, rather than pretend to know it", async () => {
    expect(await whoIs({ "x-api-key": "guess" }, OPEN)).toBe("UNAUTHORIZED");
  });

  test.each(["production", "staging", "", "Local", "local "])(
    "the environment %j lets nobody in",
    async (name) => {
      expect(await whoIs({}, { ENVIRONMENT: name })).toBe("CONFIGURATION_ERROR");
      expect(await whoIs({ "x-user-id": "clara" }, { ENVIRONMENT: name })).toBe("CONFIGURATION_ERROR");
      expect(await whoIs({ "x-api-key": "guess" }, { ENVIRONMENT: name })).toBe("UNAUTHORIZED");
    },
  );
});

describe("with keys", () => {
  test.each([
    ["X-API-Key", { "x-api-key": "app-key", "x-user-id": "clara" }],
    ["Authorization: Bearer", { authorization: "Bearer app-key", "x-user-id": "clara" }],
    ["a scheme in other letters", { authorization: "bearer app-key", "x-user-id": "clara" }],
    ["more spaces", { authorization: "Bearer   app-key ", "x-user-id": "clara" }],
  ])("an application acts for the user that it names: %s", async (_, headers) => {
    expect(await whoIs(headers, KEYS)).toBe("user clara");
  });

  test("an administrator's key makes an administrator, and may name a user", async () => {
    expect(await whoIs({ "x-api-key": "admin-key", "x-user-id": "clara" }, KEYS)).toBe("admin clara");
  });

  test("a key that names no user has a user of its own, always the same and unlike any other key's", async () => {
    const own = await whoIs({ "x-api-key": "app-key" }, KEYS);
    expect(own).toMatch(/^user key_[0-9a-f]{16}$/);
    expect(await whoIs({ authorization: "Bearer app-key" }, KEYS)).toBe(own);
    expect(await whoIs({ "x-api-key": "admin-key" }, KEYS)).not.toContain(own.slice(5));
  });

  test("a key that looks like a token is still a key, also where tokens are taken", async () => {
    const config = {
      ...KEYS,
      ALLOWED_API_KEYS: "my.own.key",
      JWT_SECRET: "a secret of thirty-two characters",
    };
    expect(await whoIs({ "x-api-key": "my.own.key", "x-user-id": "clara" }, config)).toBe("user clara");
  });

  test("a local environment with keys lets nobody in without one", async () => {
    expect(await whoIs({}, { ...KEYS, ENVIRONMENT: "local" })).toBe("UNAUTHORIZED");
    expect(await whoIs({ "x-user-id": "clara" }, { ...KEYS, ENVIRONMENT: "local" })).toBe("UNAUTHORIZED");
  });

  test.each([
    ["no credentials", {}],
    ["an unknown key", { "x-api-key": "wrong" }],
    ["an empty key", { "x-api-key": "" }],
    ["the list of keys", { "x-api-key": "app-key,admin:admin-key" }],
    ["an administrator's key with its prefix", { "x-api-key": "admin:admin-key" }],
    ["an unknown bearer", { authorization: "Bearer wrong" }],
    ["another scheme", { authorization: "Basic YXBwLWtleTo=" }],
    ["no scheme", { authorization: "app-key" }],
    ["a scheme without anything", { authorization: "Bearer" }],
    ["two tokens", { authorization: "Bearer app-key app-key" }],
    ["an empty Authorization", { authorization: "" }],
    ["a wrong bearer beside a good key", { authorization: "Bearer wrong", "x-api-key": "app-key" }],
  ])("%s is refused", async (_, headers) => {
    expect(await whoIs(headers, KEYS)).toBe("UNAUTHORIZED");
  });
});

describe("a user id that isn't one", () => {
  test.each([
    ["nothing", ""],
    ["a space in it", "clara schumann"],
    ["a control character", "clara\u0001"],
    ["a tab", "cl\tara"],
    ["an escape sequence", "\u001b[31mclara"],
    ["too many characters", "x".repeat(129)],
    ["a path", "../clara"],
    ["letters beyond ASCII", "kl\u00e1ra"],
  ])("is a mistake of the request: %s", async (_, userId) => {
    for (const [headers, config] of [
      [{ "x-user-id": userId }, OPEN],
      [{ "x-user-id": userId, "x-api-key": "app-key" }, KEYS],
      [{ "x-user-id": userId, authorization: `Bearer ${await tokenOf("clara")}` }, TOKENS],
    ] as const) {
      expect(await whoIs(headers, config)).toBe("VALIDATION_ERROR");
    }
  });

  test("may have the most characters that there are", async () => {
    expect(await whoIs({ "x-user-id": "x".repeat(128) }, OPEN)).toBe(`user ${"x".repeat(128)}`);
  });
});

describe("with a secret for tokens", () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  test("a token's subject is the user", async () => {
    expect(await whoIs(bearer(await tokenOf("auth0|5f7c")), TOKENS)).toBe("user auth0|5f7c");
    expect(await whoIs({ "x-api-key": await tokenOf("clara") }, TOKENS)).toBe("user clara");
  });

  test("naming the same user again does no harm; another one is forbidden", async () => {
    const token = await tokenOf("clara");
    expect(await whoIs({ ...bearer(token), "x-user-id": "clara" }, TOKENS)).toBe("user clara");
    expect(await whoIs({ ...bearer(token), "x-user-id": "robert" }, TOKENS)).toBe("FORBIDDEN");
  });

  test("a token never makes an administrator", async () => {
    const token = await new SignJWT({ role: "admin", admin: true })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("clara")
      .sign(new TextEncoder().encode(SECRET));
    expect(await whoIs(bearer(token), TOKENS)).toBe("user clara");
  });

  test("keys are known beside tokens", async () => {
    expect(await whoIs({ "x-api-key": "app-key", "x-user-id": "clara" }, BOTH)).toBe("user clara");
    expect(await whoIs(bearer(await tokenOf("robert")), BOTH)).toBe("user robert");
    expect(await whoIs({ "x-api-key": "wrong" }, BOTH)).toBe("UNAUTHORIZED");
  });

  test("nobody gets in without a token", async () => {
    expect(await whoIs({}, { ...TOKENS, ENVIRONMENT: "local" })).toBe("UNAUTHORIZED");
  });

  const key = new TextEncoder().encode(SECRET);
  const unsigned = (header: object, payload: object) =>
    [header, payload].map((part) => btoa(JSON.stringify(part)).replace(/=+$/, "")).join(".");
  const refused: [string, () => Promise<string>, AuthenticationConfig][] = [
    ["an expired token", () => signer("clara").setExpirationTime(1).sign(key), TOKENS],
    ["a token of tomorrow", () => signer("clara").setNotBefore("1d").sign(key), TOKENS],
    ["a token of another secret", () => tokenOf("clara", "another secret, as long as the right one"), TOKENS],
    [
      "a token of another algorithm",
      () => new SignJWT().setProtectedHeader({ alg: "HS384" }).setSubject("clara").sign(key),
      TOKENS,
    ],
    ["a token without a signature", async () => `${unsigned({ alg: "none" }, { sub: "clara" })}.`, TOKENS],
    [
      "a token with any signature and no algorithm",
      async () => `${unsigned({ alg: "none" }, { sub: "clara" })}.x`,
      TOKENS,
    ],
    [
      "a token with another's signature",
      async () => {
        const signature = (await tokenOf("clara")).split(".")[2];
        return `${unsigned({ alg: "HS256" }, { sub: "robert" })}.${signature}`;
      },
      TOKENS,
    ],
    ["a token without a subject", () => new SignJWT().setProtectedHeader({ alg: "HS256" }).sign(key), TOKENS],
    ["a token with an empty subject", () => tokenOf(""), TOKENS],
    ["a token whose subject is no user id", () => tokenOf("../clara"), TOKENS],
    ["a token that isn't one", async () => "a.b.c", TOKENS],
    ["a good token where only keys are known", () => tokenOf("clara"), KEYS],
  ];
  test.each(refused)("%s is refused", async (_, makeToken, config) => {
    expect(await whoIs(bearer(await makeToken()), config)).toBe("UNAUTHORIZED");
  });
});

describe("a refusal", () => {
  test("says what to do and repeats no credential", async () => {
    const refusals: [Record<string, string>, AuthenticationConfig, ErrorCode][] = [
      [{ "x-api-key": "hunter2" }, KEYS, "UNAUTHORIZED"],
      [{ authorization: "Basic hunter2" }, KEYS, "UNAUTHORIZED"],
      [
        { authorization: `Bearer ${await tokenOf("hunter2", "wrong secret, but a long one, as it goes")}` },
        BOTH,
        "UNAUTHORIZED",
      ],
      [{}, { ENVIRONMENT: "production" }, "CONFIGURATION_ERROR"],
    ];
    for (const [headers, config, code] of refusals) {
      const identity = await authenticate(new Headers(headers), config);
      expect(identity).toMatchObject({ ok: false, error: { code } });
      expect(JSON.stringify(identity)).not.toMatch(/hunter2|app-key|secret,/);
    }
  });
});
