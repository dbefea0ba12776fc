// The thread of the embedded database. It ends when its port is closed.
import { parentPort, workerData } from "node:worker_threads";
import type { Storage } from "../storage.ts";
import { type Call, failureReply, inBundles, type Reply } from "./calls.ts";
import { type SqliteOptions, SqliteStorage } from "./sqlite-storage.ts";

const options: SqliteOptions = workerData;
const reply = inBundles<Reply>((replies) => parentPort?.postMessage(replies));

try {
  const storage: Storage = new SqliteStorage(options);
  parentPort?.on("message", (calls: Call[]) => {
    for (const call of calls) answer(storage, call);
  });
  reply({ id: 0, value: undefined });
} catch (error) {
  reply(failureReply(0, error));
}

async function answer(storage: Storage, { id, method, values }: Call): Promise<void> {
  try {
    reply({ id, value: await Reflect.apply(storage[method], storage, values) });
  } catch (error) {
    reply(failureReply(id, error));
  }
  if (method === "close") setImmediate(() => parentPort?.close());
}
