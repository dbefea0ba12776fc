/**
 * Runs the command that the first argument names, or else the server. What a command does not need is not loaded.
 *
 * @returns once it is done
 * @throws {Error} with a message for whoever typed it
 */
export async function runCommand(given: readonly string[]): Promise<void> {
  const [name, ...rest] = given;
  switch (name) {
    case "init":
      return (await import("./init.ts")).init(rest);
    case "check":
      return (await import("./check.ts")).check(rest);
    case "migrate":
      return (await import("./migrate.ts")).migrate(rest);
    default:
      return (await import("./serve.ts")).serve(given);
  }
}
