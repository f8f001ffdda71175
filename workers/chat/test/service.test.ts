import { exports } from "cloudflare:workers";
import { describeServiceContract } from "@crescendai/worker-testing/service-contract";

describeServiceContract("chat", () => exports.default);
