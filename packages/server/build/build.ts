import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { buildPage } from "./build-page.ts";
import { generateConfiguration } from "./generate-configuration.ts";
import { generateContract } from "./generate-contract.ts";
import { generateControl } from "./generate-control.ts";
import { generateDeprecations } from "./generate-deprecations.ts";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const folder = `${dist}/generated`;
// tsc only adds and overwrites files, so a file would outlive its source.
await rm(dist, { recursive: true, force: true });
await generateConfiguration(folder);
await generateContract(folder);
await generateControl(folder);
await generateDeprecations(folder);

await buildPage(fileURLToPath(new URL("../dist/page", import.meta.url)));
