import { fileURLToPath } from "node:url";
import { buildPage } from "./build-page.ts";
import { generateConfiguration } from "./generate-configuration.ts";
import { generateContract } from "./generate-contract.ts";
import { generateControl } from "./generate-control.ts";

const folder = fileURLToPath(new URL("../dist/generated", import.meta.url));
await generateConfiguration(folder);
await generateContract(folder);
await generateControl(folder);

await buildPage(fileURLToPath(new URL("../dist/page", import.meta.url)));
