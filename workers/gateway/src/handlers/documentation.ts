import { ok } from "@crescendai/contracts";
import { openApiDocument } from "../documentation/openapi.ts";
import { referencePage } from "../documentation/reference-page.ts";
import { PAGE_CONTENT_SECURITY_POLICY } from "../pipeline/security-headers.ts";
import { routes } from "../routes.ts";
import type { OwnHandler } from "./own-handler.ts";

/** Seconds that a client may keep the documentation: it changes with a deployment only. */
const CACHE_CONTROL = "public, max-age=300";

/** `GET /openapi.json`. */
export const openApiHandler: OwnHandler = async () =>
  ok(
    new Response(JSON.stringify(openApiDocument(routes)), {
      headers: { "content-type": "application/json", "cache-control": CACHE_CONTROL },
    }),
  );

/** `GET /docs`. */
export const docsHandler: OwnHandler = async () =>
  ok(
    new Response(referencePage(openApiDocument(routes)), {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": CACHE_CONTROL,
        "content-security-policy": PAGE_CONTENT_SECURITY_POLICY,
      },
    }),
  );
