// `pnpm generate` generates the code from the contract. `pnpm generate --check` fails if the generated code is stale.
import { parseArgs } from "node:util";
import { turbo } from "./turbo.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
process.exitCode = await turbo([values.check ? "check" : "generate"]);
