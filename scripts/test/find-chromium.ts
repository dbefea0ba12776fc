import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/**
 * Returns the path of a Chromium for the browser tests: the value of `CHROMIUM` if it is set, or else the first Chromium or
 * Chrome on the path.
 *
 * @returns an empty string if there is none
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment["CHROMIUM"] !== undefined) return environment["CHROMIUM"];
  const folders = (environment["PATH"] ?? "").split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, MACOS].find(isExecutable) ?? "";
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
