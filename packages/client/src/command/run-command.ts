import { readFile } from "node:fs/promises";
import { EXIT, UsageError } from "./errors.ts";
import { HELP } from "./help.ts";
import { print } from "./io/output.ts";

/**
 * Runs the command that the first arguments name. Loads only the files of this command.
 *
 * @param signal ends the command early
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
      return (await import("./import-command.ts")).importCommand(rest, signal);
    case "profile":
      return profileCommand(rest, signal);
    case "bulk":
      return (await import("./bulk-command.ts")).bulkCommand(rest, signal);
    default:
      throw new UsageError(`${unknown(name)}Say what to do: import, profile or bulk. See memory --help.`);
  }
}

async function profileCommand([action, ...rest]: readonly string[], signal: AbortSignal): Promise<number> {
  switch (action) {
    case "get":
      return (await import("./profile-commands.ts")).getProfile(rest, signal);
    case "create":
      return (await import("./profile-commands.ts")).createProfile(rest, signal);
    case "patch":
      return (await import("./profile-commands.ts")).patchProfile(rest, signal);
    case "delete":
      return (await import("./profile-commands.ts")).deleteProfile(rest, signal);
    case "list":
      return (await import("./list-profiles.ts")).listProfiles(rest, signal);
    default:
      throw new UsageError("Say what to do: profile get, create, patch, delete or list. See memory --help.");
  }
}

function unknown(name: string | undefined): string {
  return name === undefined ? "" : `There is no ${name}. `;
}

async function ownVersion(): Promise<string> {
  // This path is correct for the source file and for the published one.
  const { version }: { version: string } = JSON.parse(
    await readFile(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return version;
}
