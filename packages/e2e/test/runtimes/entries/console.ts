// Entry for Node.js, Bun and Deno. Runs the suite and prints its report. The first argument contains the settings.
import { runCoreSuite } from "../suite/core-suite.ts";

const [, , settings = ""] = process.argv;
const { bun, deno, node } = process.versions;
const version = bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node.js ${node}`;
console.log(JSON.stringify({ version, results: await runCoreSuite(JSON.parse(settings)) }));
