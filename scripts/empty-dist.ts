// Deletes the `dist` of the package whose script calls it, so that no file outlives its source. tsc only adds and overwrites files.
import { rmSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
