// On Node.js, Bun and Deno: runs the suite as the first argument says, prints the report and ends by itself.
import { runCoreSuite } from "../suite/core-suite.ts";

const [, , settings = ""] = process.argv;
const { bun, deno, node } = process.versions;
const version = bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node.js ${node}`;
console.log(JSON.stringify({ version, results: await runCoreSuite(JSON.parse(settings)) }));
