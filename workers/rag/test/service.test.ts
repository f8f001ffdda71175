import { exports } from "cloudflare:workers";
import { describeServiceContract } from "@crescendai/worker-testing/service-contract";

describeServiceContract("rag", () => exports.default);
