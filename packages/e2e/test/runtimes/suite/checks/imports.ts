import type { ImportSource } from "@memory-api/client";
import { equal, holds, rejectionOf } from "../assertions.ts";
import type { Check, CheckContext } from "../check.ts";
import { type CsvFile, csvFile, mapping, streamOf } from "../csv-file.ts";

export const importChecks: readonly Check[] = [
  {
    name: "imports a Blob, with its length and progress",
    run(context) {
      const file = csvFile("blob");
      return importFile(context, new Blob([...file.lines]), file);
    },
  },
  {
    name: "imports a stream of known size, with its length and progress",
    run(context) {
      const file = csvFile("stream");
      return importFile(context, { stream: streamOf(file.lines), size: file.size }, file);
    },
  },
  {
    name: "imports a file by its path, or says that there are no files here",
    async run(context) {
      const { memory, settings } = context;
      if (settings.file !== undefined) return importFile(context, settings.file, csvFile("path"));
      const { imports } = memory().store(settings.storeId);
      const { name, fault } = Object(await rejectionOf(imports.run("contacts.csv", { mapping })));
      equal([name, fault], ["InvalidSourceError", "unreadable"]);
    },
  },
];

/** That the upload is taken at all shows its length: one that is chunked is refused. */
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
  equal({ status, summary }, { status: "COMPLETED", summary: { errors: 0, warnings: 0 } });

  equal([loaded[0], loaded.at(-1)], [0, size]);
  holds(loaded.length > 2, `progress shows between beginning and end, not only ${loaded}`);
  equal(
    loaded,
    loaded.toSorted((one, other) => one - other),
  );

  const { id } = await profiles.create({ traits: { Contact: { email: last.email } } });
  equal((await profiles.fetch(id)).traits["Contact"], last);
}
