// `pnpm start [options of memory-server]`: builds the server and runs it as a sandbox. What it keeps lies in .data.
import { buildAndRun } from "./build-and-run.ts";
import { root } from "./turbo.ts";

process.env["MEMORY_DATA"] ||= `${root}.data`;
process.argv.splice(2, 0, "--sandbox");
// Meant for some other program: a sandbox that is tried out must not write to its database.
delete process.env["DATABASE_URL"];
await buildAndRun("server");
