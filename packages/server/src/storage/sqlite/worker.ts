// The thread that writes the embedded database. It ends when its port is closed.
import { parentPort, workerData } from "node:worker_threads";
import { forwardingTo, WRITES } from "../forwarding.ts";
import type { StorageWrites } from "../storage.ts";
import type { StepSeconds, StorageObserver } from "../storage-observer.ts";
import { TransactionalStorage } from "../transactional-storage.ts";
import { SqliteDatabase } from "./database.ts";
import { type Call, failureReply, type Reply, resultReply, unpackCommands } from "./messages.ts";

/** Sent with the next reply, so that no transaction needs a second message. */
let committed: StepSeconds[] = [];
const observer: StorageObserver = { committed: (seconds) => committed.push(seconds), retried() {} };

const send = (reply: Reply) => {
  parentPort?.postMessage(committed.length === 0 ? reply : ({ ...reply, committed } satisfies Reply));
  committed = [];
};

try {
  const database = SqliteDatabase.open(workerData);
  const storage = forwardingTo<StorageWrites>(WRITES, new TransactionalStorage(database, observer));
  parentPort?.on("message", (call: Call) => run(storage, call));
  send(resultReply(0, undefined));
} catch (error) {
  send(failureReply(0, error));
}

async function run(storage: StorageWrites, { id, method, values }: Call): Promise<void> {
  try {
    send(resultReply(id, await Reflect.apply(storage[method], storage, unpackCommands(values))));
  } catch (error) {
    send(failureReply(id, error));
  }
  if (method === "close") setImmediate(() => parentPort?.close());
}
