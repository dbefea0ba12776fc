import { open } from "node:fs/promises";

/** Makes the names of new and renamed files durable. Windows has no such operation. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await open(folder);
  await handle.sync();
}
