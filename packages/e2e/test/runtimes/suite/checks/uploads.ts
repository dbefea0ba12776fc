import { assert, assertEqual, rejectionOf } from "../assertions.ts";
import type { Check } from "../check.ts";
import { columnMappings, csvFile, mapping, streamOf } from "../csv-file.ts";
import { faultFirstAttempt } from "../fault-first-attempt.ts";

export const uploadChecks: readonly Check[] = [
  {
    name: "uploads bytes as the file of an import, and waits for the result",
    async run({ memory, settings: { storeId } }) {
      const file = new TextEncoder().encode("email,name\nuploaded@example.com,Ada\n");
      const { operations, store } = memory();
      const { imports } = store(storeId);
      const { importId, url } = await imports.create({ filename: "a.csv", fileSize: file.length, columnMappings });
      await operations.uploadImportFile({ url, body: file });
      const { status, summary } = await imports.resume(importId);
      assertEqual({ status, summary }, { status: "COMPLETED", summary: { errors: 0, warnings: 0 } });
    },
  },
  {
    name: "repeats an upload after a connection reset",
    async run({ memory, settings: { storeId } }) {
      const attempts: number[] = [];
      const { imports } = memory({
        middleware: [faultFirstAttempt("reset", "uploadImportFile")],
        onRetry: ({ attempt }) => attempts.push(attempt),
      }).store(storeId);
      const { status } = await imports.run(new Blob([...csvFile("again").lines]), { mapping });
      assertEqual([status, attempts], ["COMPLETED", [1]]);
    },
  },
  {
    name: "rejects a stream whose length differs from the given size",
    async run({ memory, settings: { storeId } }) {
      const { lines, size } = csvFile("wrong-size");
      const { imports } = memory().store(storeId);
      for (const wrong of [size + 1, size - 1]) {
        const job = imports.run({ stream: streamOf(lines), size: wrong }, { mapping });
        const { name, fault } = Object(await rejectionOf(job));
        assertEqual([name, fault], ["InvalidSourceError", "size"]);
        if (job.importId === undefined) throw new Error("The job failed before it created the import.");
        assertEqual((await imports.fetch(job.importId)).status, "PENDING");
      }
    },
  },
  {
    name: "aborts an upload with the reason of the signal, and cancels the stream",
    async run({ memory, settings: { storeId } }) {
      const { lines, size } = csvFile("aborted");
      const controller = new AbortController();
      const reason = { why: "the user left the page" };
      const { imports } = memory().store(storeId);
      let cancel = () => {};
      const cancelled = new Promise<void>((resolve) => {
        cancel = resolve;
      });
      const stream = stalledStream(lines.slice(0, 3), { onStalled: () => controller.abort(reason), onCancel: cancel });
      const job = imports.run({ stream, size }, { mapping, signal: controller.signal });
      assert((await rejectionOf(job)) === reason, "the call rejects with the reason");
      await cancelled;
    },
  },
];

/** Returns a stream that produces some lines and then never continues. */
function stalledStream(lines: readonly string[], listeners: { onStalled(): void; onCancel(): void }): ReadableStream {
  const remaining = lines.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = remaining.next();
      if (!done) return controller.enqueue(new TextEncoder().encode(value));
      listeners.onStalled();
      return new Promise(() => {});
    },
    cancel: listeners.onCancel,
  });
}
