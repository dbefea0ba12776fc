// `pnpm mock [--port <number>]`: builds what the mock needs and runs the mock.
import { buildAndRun } from "./build-and-run.ts";

await buildAndRun("mock");
