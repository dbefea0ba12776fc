import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { writePrivateFile } from "../configuration/private-file.ts";

/** A file that is there while the server answers, so that whoever started it need not read what it prints. */
interface ReadyFile {
  write(content: object): Promise<void>;
}

/** Removes what a server left that had no time to. The file goes when this process ends. */
export async function prepareReadyFile(file: string): Promise<ReadyFile> {
  await rm(file, { force: true });
  return {
    async write(content) {
      process.once("exit", () => rmSync(file, { force: true }));
      await writePrivateFile(file, `${JSON.stringify(content)}\n`);
    },
  };
}
