import { failed, ok, type Result, type ServiceError, UserIdSchema } from "@crescendai/contracts";
import { sha256Hex, validate } from "@crescendai/worker-kit";
import { jwtVerify } from "jose";
import { type ApiKey, findApiKey, parseApiKeys } from "./api-keys.ts";

/** Who is calling. */
export interface Identity {
  readonly userId: string;
  readonly role: "user" | "admin";
}

/** What decides who may call; see the README's table of configuration. */
export interface AuthenticationConfig {
  readonly ENVIRONMENT: string;
  readonly ALLOWED_API_KEYS?: string;
  readonly JWT_SECRET?: string;
}

/** The user of somebody who says nothing, where nothing is configured: on a developer's own machine. */
const DEFAULT_USER = "default_user";

/** A JSON Web Token in its compact form (RFC 7519 §3): three parts of base64url. */
const COMPACT_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Establishes who is calling, by an API key (`X-API-Key`, or `Authorization: Bearer`) or a JSON Web Token signed
 * with `JWT_SECRET` (HS256), whose `sub` is the user.
 *
 * An application's key may act for the user that `X-User-ID` names. With neither keys nor a secret configured, a
 * local environment trusts whoever calls, as an administrator if they name no user and aren't a page in a browser; any
 * other refuses everybody.
 *
 * @returns UNAUTHORIZED for credentials that are missing or unknown, FORBIDDEN for a token that speaks for another
 * user, VALIDATION_ERROR for a user id that isn't one, CONFIGURATION_ERROR where nothing is configured.
 */
export async function authenticate(
  headers: Headers,
  config: AuthenticationConfig,
): Promise<Result<Identity>> {
  const credential = readCredential(headers);
  if (!credential.ok) return credential;
  const userId = readUserId(headers);
  if (!userId.ok) return userId;
  const keys = parseApiKeys(config.ALLOWED_API_KEYS);
  const secret = config.JWT_SECRET ?? "";
  if (credential.value === null)
    return anonymous(headers, config.ENVIRONMENT, keys.length > 0 || secret !== "", userId.value);
  const key = await findApiKey(keys, credential.value);
  if (key !== null) return ok(await identityOfKey(key, userId.value));
  return secret !== "" && COMPACT_TOKEN.test(credential.value)
    ? await identityOfToken(credential.value, secret, userId.value)
    : failed(UNKNOWN_CREDENTIALS);
}

const UNKNOWN_CREDENTIALS: ServiceError = {
  code: "UNAUTHORIZED",
  message: "These credentials are not known. Check the key or the token that you send.",
};

function readCredential(headers: Headers): Result<string | null> {
  const key = headers.get("x-api-key");
  const authorization = headers.get("authorization");
  if (authorization === null) return ok(key);
  const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (token === undefined) {
    return failed({
      code: "UNAUTHORIZED",
      message: "Authorization must be of the form: Bearer <key or token>.",
    });
  }
  return ok(token);
}

function readUserId(headers: Headers): Result<string | null> {
  const given = headers.get("x-user-id");
  return given === null ? ok(null) : validate(UserIdSchema, given, "X-User-ID");
}

function anonymous(
  headers: Headers,
  environment: string,
  configured: boolean,
  userId: string | null,
): Result<Identity> {
  if (configured) {
    return failed({
      code: "UNAUTHORIZED",
      message: "Send a key in X-API-Key, or a key or token in Authorization: Bearer.",
    });
  }
  if (environment !== "local") {
    return failed({
      code: "CONFIGURATION_ERROR",
      message: "No keys are configured, so nobody may call. Set ALLOWED_API_KEYS or JWT_SECRET.",
    });
  }
  // Whoever sits at the machine may do everything; a page in their browser, which says its origin, may not, and
  // whoever names a user acts as that user.
  const operator = userId === null && headers.get("origin") === null;
  return ok({ userId: userId ?? DEFAULT_USER, role: operator ? "admin" : "user" });
}

/** Hex digits of a key's digest in the name of its own user: enough to tell all keys apart. */
const KEY_USER_DIGITS = 16;

/** A key that names no user acts for one of its own, so that two applications never meet. */
async function identityOfKey({ key, role }: ApiKey, userId: string | null): Promise<Identity> {
  const own = async () => `key_${(await sha256Hex(key)).slice(0, KEY_USER_DIGITS)}`;
  return { userId: userId ?? (await own()), role };
}

async function identityOfToken(
  token: string,
  secret: string,
  userId: string | null,
): Promise<Result<Identity>> {
  let subject: string | undefined;
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ["HS256"] });
    subject = payload.sub;
  } catch {
    return failed(UNKNOWN_CREDENTIALS);
  }
  const user = validate(UserIdSchema, subject, "the token's sub");
  if (!user.ok) return failed({ code: "UNAUTHORIZED", message: user.error.message });
  if (userId !== null && userId !== user.value) {
    return failed({ code: "FORBIDDEN", message: "This token speaks for another user than X-User-ID names." });
  }
  return ok({ userId: user.value, role: "user" });
}
