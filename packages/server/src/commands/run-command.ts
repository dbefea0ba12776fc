import { readFile } from "node:fs/promises";

/**
 * Runs the command that the first argument names, or the server if there is no command. Loads only the modules of that command.
 *
 * @throws {Error} with a message for the user of the command
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  if (args.some((argument) => argument === "--help" || argument === "-h")) {
    const { helpFor } = await import("./help.ts");
    return console.log(helpFor(args[0]));
  }
  if (args.includes("--version")) return console.log(await version());
  const [name = "", ...rest] = args;
  switch (name) {
    case "init":
      return (await import("./init.ts")).init(rest);
    case "check":
      return (await import("./check.ts")).check(rest);
    case "hash":
      return (await import("./hash.ts")).hash(rest);
    case "migrate":
      return (await import("./migrate.ts")).migrate(rest);
    case "imports":
      return (await import("./imports.ts")).imports(rest);
    case "stores":
      return (await import("./stores.ts")).stores(rest);
    case "backup":
      return (await import("./backup.ts")).backup(rest);
    case "restore":
      return (await import("./backup.ts")).restore(rest);
    case "verify":
      return (await import("./verify.ts")).verify(rest);
  }
  if (name !== "" && !name.startsWith("-")) {
    throw new Error(
      `Unknown command "${name}". The commands are init, check, hash, migrate, imports, stores, backup, restore and verify. Without a command, memory-server starts the server. Run memory-server --help.`,
    );
  }
  return (await import("./serve.ts")).serve(args);
}

async function version(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
  return version;
}
