// Makes dist/index.html, the reference, from the contract and the samples.
import { fileURLToPath } from "node:url";
import { buildReference, samplesFolder } from "./build-reference.ts";

const page = new URL("../dist/index.html", import.meta.url);
await buildReference(samplesFolder, fileURLToPath(page));
console.log(`The reference: ${page}`);
