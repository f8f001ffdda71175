import { ERROR_CODES, ERRORS } from "@crescendai/contracts";
import type { OpenApiDocument, Operation } from "./openapi.ts";

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
  code, pre { font: 14px/1.45 ui-monospace, monospace; background: #f5f4f0; border-radius: 4px }
  code { padding: 0 .25em } pre { padding: .75rem; overflow: auto }
  section { border-top: 1px solid #ddd; padding: .5rem 0 } th, td { text-align: left; padding: .15rem 1rem .15rem 0 }
`;

/** The API reference as a page: every route, its schemas, and every error code. */
export function referencePage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationSection(method, path, operation)),
  );
  const errors = ERROR_CODES.map(
    (code) =>
      `<tr id="error-${code}"><td><code>${code}</code></td><td>${ERRORS[code].status}</td><td>${ERRORS[code].title}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>CrescendAI Server</title>
<style>${STYLE}</style></head>
<body>
<h1>CrescendAI Server ${escapeHtml(document.info.version)}</h1>
<p>${escapeHtml(document.info.description)} The same as a document: <a href="/openapi.json">OpenAPI</a>.</p>
${operations.join("\n")}
<h2>Errors</h2>
<p>Errors are problem details (RFC 9457) with the code in <code>error</code>.</p>
<table>${errors.join("\n")}</table>
</body>
</html>`;
}

function operationSection(method: string, path: string, operation: Operation): string {
  const rows = operation.parameters.map(
    (parameter) =>
      `<tr><td><code>${escapeHtml(parameter.name)}</code></td><td>${parameter.in}</td><td>${
        parameter.required ? "required" : "optional"
      }</td></tr>`,
  );
  const access = operation.security.length === 0 ? "Open to anybody." : "With a key or a token.";
  return `<section id="${operation.operationId}">
<h2><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h2>
<p>${escapeHtml(operation.summary)}. ${access}</p>
${rows.length === 0 ? "" : `<table>${rows.join("")}</table>`}
${operation.requestBody === undefined ? "" : details("Request", operation.requestBody)}
${details("Answers", operation.responses)}
</section>`;
}

function details(title: string, content: unknown): string {
  return `<details><summary>${title}</summary><pre>${escapeHtml(JSON.stringify(content, null, 2))}</pre></details>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
