import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { EXAMPLE_CONFIGURATION } from "./example-configuration.ts";

/** Writes an example of a configuration. A file that is there already stays as it is. */
export async function init(given: readonly string[]): Promise<void> {
  const { positionals } = parseArgs({ args: [...given], allowPositionals: true });
  const [file = "memory.yaml", ...others] = positionals;
  if (others.length > 0) throw new Error("init takes one file.");
  await writeFile(file, EXAMPLE_CONFIGURATION, { flag: "wx" }).catch(({ code }) => {
    throw new Error(
      code === "EEXIST" ? `${file} exists already. Name another file.` : `Cannot write ${file} (${code}).`,
    );
  });
  console.log(`Written: ${file}. Make the files of its secrets as it says, then run:

  memory-server check --config ${file}
  memory-server --config ${file}`);
}
