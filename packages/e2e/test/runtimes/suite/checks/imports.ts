import type { ImportSource } from "@memory-api/client";
import { assert, assertEqual, rejectionOf } from "../assertions.ts";
import type { Check, CheckContext } from "../check.ts";
import { type CsvFile, csvFile, mapping, streamOf } from "../csv-file.ts";

export const importChecks: readonly Check[] = [
  {
    name: "imports a Blob, and reports progress",
    run(context) {
      const file = csvFile("blob");
      return importFile(context, new Blob([...file.lines]), file);
    },
  },
  {
    name: "imports a stream of known size, and reports progress",
    run(context) {
      const file = csvFile("stream");
      return importFile(context, { stream: streamOf(file.lines), size: file.size }, file);
    },
  },
  {
    name: "imports a file by its path, or rejects if the runtime has no file system",
    async run(context) {
      const { memory, settings } = context;
      if (settings.file !== undefined) return importFile(context, settings.file, csvFile("path"));
      const { imports } = memory().store(settings.storeId);
      const { name, fault } = Object(await rejectionOf(imports.run("contacts.csv", { mapping })));
      assertEqual([name, fault], ["InvalidSourceError", "unreadable"]);
    },
  },
];

/** The server rejects chunked uploads. A successful upload therefore had a `Content-Length`. */
async function importFile(
  { memory, settings: { storeId } }: CheckContext,
  source: ImportSource,
  { size, last }: CsvFile,
): Promise<void> {
  const { profiles, imports } = memory().store(storeId);
  const job = imports.run(source, { mapping });
  const loaded: number[] = [];
  for await (const event of job) if (event.type === "uploading") loaded.push(event.loaded);
  const { status, summary } = await job;
  assertEqual({ status, summary }, { status: "COMPLETED", summary: { errors: 0, warnings: 0 } });

  assertEqual([loaded[0], loaded.at(-1)], [0, size]);
  assert(loaded.length > 2, `the upload reports progress between 0 and the end: ${loaded}`);
  assertEqual(
    loaded,
    loaded.toSorted((one, other) => one - other),
  );

  const { id } = await profiles.create({ traits: { Contact: { email: last.email } } });
  assertEqual((await profiles.fetch(id)).traits["Contact"], last);
}
