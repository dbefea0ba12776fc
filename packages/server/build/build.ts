import { fileURLToPath } from "node:url";
import { generateConfiguration } from "./generate-configuration.ts";
import { generateContract } from "./generate-contract.ts";
import { generateControl } from "./generate-control.ts";
import { generateDeprecations } from "./generate-deprecations.ts";

const folder = fileURLToPath(new URL("../dist/generated", import.meta.url));
await generateConfiguration(folder);
await generateContract(folder);
await generateControl(folder);
await generateDeprecations(folder);
