// The thread that a mock runs in. It shares neither modules nor the console with the tests, and it ends with its process,
// however that ends.
import { parentPort, workerData } from "node:worker_threads";
import { leaveOutFaker } from "./leave-out-faker.ts";
import type { PrismOptions } from "./prism-messages.ts";

leaveOutFaker();
const { servePrism } = await import("./serve-prism.ts");

const options: PrismOptions = workerData;
const start = await servePrism(options, (line) => parentPort?.postMessage(line));
parentPort?.postMessage(start);
