import { readFile } from "node:fs/promises";
import { UsageError } from "./arguments/usage-error.ts";
import { HELP } from "./help.ts";
import { EXIT } from "./output/exit-code.ts";
import { print } from "./output/print.ts";

/**
 * Runs the command that the first argument names. What a command does not need is not loaded.
 *
 * @param signal ends it early
 * @returns the exit code
 * @throws {Error} for {@link explainError}
 */
export async function runCommand(given: readonly string[], signal: AbortSignal): Promise<number> {
  const [name, ...rest] = given;
  if (given.includes("--help") || name === "help") {
    await print(HELP, signal);
    return EXIT.done;
  }
  if (name === "--version") {
    await print(await ownVersion(), signal);
    return EXIT.done;
  }
  switch (name) {
    case "import":
      return (await import("./import/import-command.ts")).importCommand(rest, signal);
    case "profile":
      return (await import("./profile/profile-command.ts")).profileCommand(rest, signal);
    case "bulk":
      return (await import("./bulk/bulk-command.ts")).bulkCommand(rest, signal);
    default:
      throw new UsageError(`${unknown(name)}Say what to do: import, profile or bulk. See memory --help.`);
  }
}

function unknown(name: string | undefined): string {
  return name === undefined ? "" : `There is no ${name}. `;
}

async function ownVersion(): Promise<string> {
  // As far from here as from the file that is published.
  const { version }: { version: string } = JSON.parse(
    await readFile(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return version;
}
