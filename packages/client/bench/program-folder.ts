import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const client = fileURLToPath(new URL("..", import.meta.url));

const packages: Readonly<Record<string, string>> = {
  "@memory-api/client": client,
  "@memory-api/types": join(client, "node_modules/@memory-api/types"),
  "@types/node": join(client, "../../node_modules/@types/node"),
  "openapi-fetch": join(client, "node_modules/openapi-fetch"),
  twilio: join(client, "node_modules/twilio"),
  undici: join(client, "node_modules/undici"),
};

/** Creates a folder in which programs can import the compared packages. It is removed when the process exits. */
export function programFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "client-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [name, path] of Object.entries(packages)) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(path, link);
  }
  return folder;
}
