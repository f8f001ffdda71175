import { describeServiceContract } from "@crescendai/worker-testing/service-contract";
import { uploadOn } from "./support/service.ts";

describeServiceContract("upload", () => uploadOn());
