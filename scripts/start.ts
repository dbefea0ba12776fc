// `pnpm start [--port <number>]`: builds what the mock needs and runs the mock, in this very process.
import { endWithLaunchers } from "./launchers.ts";
import { root, turbo } from "./turbo.ts";

endWithLaunchers();
console.log("Building the mock …");
const exitCode = await turbo(["generate", "@memory-api/mock#build"], { silent: true });
if (exitCode !== 0) process.exit(exitCode);
await import(`${root}packages/mock/dist/cli.js`);
