import { equal, holds, rejectionOf } from "../assertions.ts";
import type { Check } from "../check.ts";
import { columnMappings, csvFile, mapping, streamOf } from "../csv-file.ts";
import { faultFirst } from "../fault-first.ts";

export const uploadChecks: readonly Check[] = [
  {
    name: "uploads bytes as the file of an import, and waits for it",
    async run({ memory, settings: { storeId } }) {
      const file = new TextEncoder().encode("email,name\nuploaded@example.com,Ada\n");
      const { operations, store } = memory();
      const { imports } = store(storeId);
      const { importId, url } = await imports.create({ filename: "a.csv", fileSize: file.length, columnMappings });
      await operations.uploadImportFile({ url, body: file });
      const { status, summary } = await imports.resume(importId);
      equal({ status, summary }, { status: "COMPLETED", summary: { errors: 0, warnings: 0 } });
    },
  },
  {
    name: "uploads again after a connection that broke off",
    async run({ memory, settings: { storeId } }) {
      const attempts: number[] = [];
      const { imports } = memory({
        middleware: [faultFirst("reset", "uploadImportFile")],
        onRetry: ({ attempt }) => attempts.push(attempt),
      }).store(storeId);
      const { status } = await imports.run(new Blob([...csvFile("again").lines]), { mapping });
      equal([status, attempts], ["COMPLETED", [1]]);
    },
  },
  {
    name: "refuses a stream that is not as long as it was said to be",
    async run({ memory, settings: { storeId } }) {
      const { lines, size } = csvFile("wrong-size");
      const { imports } = memory().store(storeId);
      for (const wrong of [size + 1, size - 1]) {
        const job = imports.run({ stream: streamOf(lines), size: wrong }, { mapping });
        const { name, fault } = Object(await rejectionOf(job));
        equal([name, fault], ["InvalidSourceError", "size"]);
        if (job.importId === undefined) throw new Error("It was refused before it was sent.");
        equal((await imports.fetch(job.importId)).status, "PENDING");
      }
    },
  },
  {
    name: "ends an upload with the reason of the signal, and lets go of the stream",
    async run({ memory, settings: { storeId } }) {
      const { lines, size } = csvFile("given-up");
      const controller = new AbortController();
      const reason = { why: "the page was left" };
      const { imports } = memory().store(storeId);
      let cancel = () => {};
      const cancelled = new Promise<void>((resolve) => {
        cancel = resolve;
      });
      const stream = stalledStream(lines.slice(0, 3), { onStalled: () => controller.abort(reason), onCancel: cancel });
      const job = imports.run({ stream, size }, { mapping, signal: controller.signal });
      holds((await rejectionOf(job)) === reason, "it is the reason itself");
      await cancelled;
    },
  },
];

/** A stream that gives some lines, and then nothing more for ever. */
function stalledStream(lines: readonly string[], listeners: { onStalled(): void; onCancel(): void }): ReadableStream {
  const left = lines.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = left.next();
      if (!done) return controller.enqueue(new TextEncoder().encode(value));
      listeners.onStalled();
      return new Promise(() => {});
    },
    cancel: listeners.onCancel,
  });
}
