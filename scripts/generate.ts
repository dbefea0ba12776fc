// `pnpm generate` writes what is made from the contract; `pnpm generate --check` fails where that is out of date.
import { parseArgs } from "node:util";
import { turbo } from "./turbo.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
process.exitCode = await turbo([values.check ? "check" : "generate"]);
