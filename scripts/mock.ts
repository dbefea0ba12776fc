// `pnpm mock [--port <number>]` builds and runs the mock.
import { buildAndRun } from "./build-and-run.ts";

await buildAndRun("mock");
