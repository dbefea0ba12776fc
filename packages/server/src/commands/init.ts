import { writeFile } from "node:fs/promises";
import { EXAMPLE_CONFIGURATION } from "./example-configuration.ts";
import { parseOptions } from "./parse-options.ts";

/** Writes an example configuration. Does not overwrite a file. */
export async function init(args: readonly string[]): Promise<void> {
  const { positionals } = parseOptions("memory-server init", { args: [...args], allowPositionals: true });
  const [file = "memory.yaml", ...others] = positionals;
  if (others.length > 0) throw new Error("memory-server init accepts only one file.");
  await writeFile(file, EXAMPLE_CONFIGURATION, { flag: "wx" }).catch(({ code }) => {
    throw new Error(
      code === "EEXIST" ? `${file} already exists. Specify another file.` : `Cannot write ${file} (${code}).`,
    );
  });
  console.log(`Written: ${file}. Create the files of its secrets with the commands in its first lines, then run:

  memory-server check --config ${file}
  memory-server --config ${file}`);
}
