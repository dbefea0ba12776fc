import { rmSync } from "node:fs";
import { access, constants, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { writePrivateFile } from "../configuration/private-file.ts";

/** A file that is there while the server answers, so that whoever started it need not read what it prints. */
interface ReadyFile {
  write(content: object): Promise<void>;
}

/**
 * Removes what a server left that had no time to. The file goes when this process ends.
 *
 * @throws {Error} if it could not be written later
 */
export async function prepareReadyFile(file: string): Promise<ReadyFile> {
  await access(dirname(file), constants.W_OK).catch(({ code }) => {
    throw new Error(`--ready-file: cannot write to the folder ${dirname(file)} (${code}). Create it or name another.`);
  });
  await rm(file, { force: true });
  return {
    async write(content) {
      process.once("exit", () => rmSync(file, { force: true }));
      await writePrivateFile(file, `${JSON.stringify(content)}\n`);
    },
  };
}
