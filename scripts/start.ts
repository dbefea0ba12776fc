// `pnpm start [options of memory-server]` builds the server and the documentation, and runs the server as a sandbox, which serves the
// documentation and stores its data in `.data`.
import { buildAndRun } from "./build-and-run.ts";
import { root } from "./turbo.ts";

process.env["MEMORY_DATA"] ||= `${root}.data`;
process.argv.splice(2, 0, "--sandbox", "--docs", `${root}packages/docs/dist`);
// This variable probably belongs to another program. The sandbox must not write to that program's database.
delete process.env["DATABASE_URL"];
await buildAndRun("server", ["@memory-api/docs#build"]);
