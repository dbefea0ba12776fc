import { rmSync } from "node:fs";
import { access, constants, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { writePrivateFile } from "../configuration/private-file.ts";

/** A file that exists while the server accepts requests. Scripts wait for it instead of parsing the output of the server. */
interface ReadyFile {
  write(content: object): Promise<void>;
}

/**
 * Removes the file of a server that was killed. The new file is removed when this process exits.
 *
 * @throws {Error} if the folder of the file is not writable
 */
export async function prepareReadyFile(file: string): Promise<ReadyFile> {
  await access(dirname(file), constants.W_OK).catch(({ code }) => {
    throw new Error(
      `--ready-file: cannot write to the folder ${dirname(file)} (${code}). Create it, or specify another folder.`,
    );
  });
  await rm(file, { force: true });
  return {
    async write(content) {
      process.once("exit", () => rmSync(file, { force: true }));
      await writePrivateFile(file, `${JSON.stringify(content)}\n`);
    },
  };
}
