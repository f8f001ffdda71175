import type { ServiceRoute } from "@crescendai/worker-kit";
import { deleteDocumentHandler } from "./handlers/delete-document.ts";
import { getDocumentHandler } from "./handlers/get-document.ts";
import { getLibraryHandler } from "./handlers/get-library.ts";
import { getOriginalHandler } from "./handlers/get-original.ts";
import { listChunksHandler } from "./handlers/list-chunks.ts";
import { listDocumentsHandler } from "./handlers/list-documents.ts";
import { postDocumentHandler } from "./handlers/post-document.ts";
import { postLibraryHandler } from "./handlers/post-library.ts";
import { rebuildHandler } from "./handlers/rebuild.ts";
import { reingestDocumentHandler } from "./handlers/reingest-document.ts";
import { searchHandler } from "./handlers/search.ts";
import { searchStepsHandler } from "./handlers/search-steps.ts";

const DOCUMENTS = "/api/v1/knowledge/documents";

export const routes: readonly ServiceRoute<RagEnv>[] = [
  { method: "GET", path: "/api/v1/knowledge/search", handler: searchHandler },
  { method: "GET", path: "/api/v1/knowledge/search/steps", handler: searchStepsHandler },
  { method: "POST", path: DOCUMENTS, handler: postDocumentHandler },
  { method: "GET", path: DOCUMENTS, handler: listDocumentsHandler },
  { method: "GET", path: `${DOCUMENTS}/:id`, handler: getDocumentHandler },
  { method: "DELETE", path: `${DOCUMENTS}/:id`, handler: deleteDocumentHandler },
  { method: "GET", path: `${DOCUMENTS}/:id/chunks`, handler: listChunksHandler },
  { method: "GET", path: `${DOCUMENTS}/:id/original`, handler: getOriginalHandler },
  { method: "POST", path: `${DOCUMENTS}/:id/reingest`, handler: reingestDocumentHandler },
  { method: "GET", path: "/api/v1/knowledge/library", handler: getLibraryHandler },
  { method: "POST", path: "/api/v1/knowledge/library", handler: postLibraryHandler },
  { method: "POST", path: "/api/v1/knowledge/rebuild", handler: rebuildHandler },
];
