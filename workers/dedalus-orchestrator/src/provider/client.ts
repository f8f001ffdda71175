import { Dedalus } from "dedalus-labs";
import type { Configuration } from "../configuration.ts";

/**
 * The provider's SDK. It doesn't try again by itself, reads no environment variable, and logs nothing: it would log what
 * the model said when that isn't JSON.
 *
 * @param carry carries its requests.
 */
export function openClient({ baseUrl, key }: Configuration, carry: typeof fetch): Dedalus {
  return new Dedalus({
    baseURL: baseUrl,
    apiKey: key,
    xAPIKey: null,
    organization: null,
    provider: null,
    providerKey: null,
    providerModel: null,
    maxRetries: 0,
    logLevel: "off",
    fetch: carry,
  });
}
