// The thread of a mock. It shares neither modules nor the console with the tests, and it ends with the process, even if
// the process is killed.
import { parentPort, workerData } from "node:worker_threads";
import { encodeMalformedUrls } from "./encode-malformed-urls.ts";
import { leaveOutFaker } from "./leave-out-faker.ts";
import type { PrismOptions } from "./prism-messages.ts";

leaveOutFaker();
encodeMalformedUrls();
const { servePrism } = await import("./serve-prism.ts");

const options: PrismOptions = workerData;
const start = await servePrism(options, (line) => parentPort?.postMessage(line));
parentPort?.postMessage(start);
