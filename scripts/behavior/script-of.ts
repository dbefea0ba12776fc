import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Returns the path of the script of a command of a package. */
export async function scriptOf(folder: string, command: string): Promise<string> {
  const { bin }: { bin: Record<string, string> } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const script = bin[command];
  if (script === undefined) throw new Error(`${folder} has no command ${command}.`);
  return join(folder, script);
}
