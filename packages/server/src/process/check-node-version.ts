import { createRequire } from "node:module";

/** @throws {Error} if this Node.js is older than the `engines` of package.json require */
export function checkNodeVersion(): void {
  const require = createRequire(import.meta.url);
  const { name, engines }: { name: string; engines: { node: string } } = require("@memory-api/server/package.json");
  const required = engines.node.replace(">=", "");
  const running = process.versions.node;
  if (running.localeCompare(required, "en", { numeric: true }) >= 0) return;
  throw new Error(`${name} needs Node.js ${required} or later; this is ${running}.`);
}
