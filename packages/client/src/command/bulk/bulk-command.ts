import { parseArgs } from "node:util";
import { bulkUpsert } from "../../profiles/bulk/bulk-upsert.ts";
import { onePositional } from "../arguments/one-positional.ts";
import { optionWords } from "../arguments/option-words.ts";
import { shellLine } from "../arguments/shell-line.ts";
import { wholeNumber } from "../arguments/whole-number.ts";
import { openInput } from "../input/open-input.ts";
import { EXIT } from "../output/exit-code.ts";
import { print } from "../output/print.ts";
import { progressOn } from "../output/progress.ts";
import { ResumableError } from "../output/resumable-error.ts";
import { openStore } from "../store/open-store.ts";
import { SHARED_OPTIONS } from "../store/shared-options.ts";
import { ItemReader } from "./item-reader.ts";

/**
 * Sends profiles, one a line.
 *
 * @throws {ResumableError} if they were not all accepted
 */
export async function bulkCommand(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { ...SHARED_OPTIONS, concurrency: { type: "string" }, "start-at": { type: "string" } },
  });
  const file = onePositional(positionals, "memory bulk <file>, or - for standard input");
  const concurrency = wholeNumber("--concurrency", values.concurrency, 1);
  const startAt = wholeNumber("--start-at", values["start-at"], 0) ?? 0;
  const { connection, storeId } = await openStore(values);

  const items = new ItemReader(await openInput(file, signal));
  const progress = progressOn(process.stderr, values.json);
  let resumeAt = startAt;
  const job = bulkUpsert(connection, storeId, items, {
    concurrency,
    startAt,
    signal,
    onProgress({ accepted, resumeAt: next }) {
      resumeAt = next;
      progress.show({
        label: "sending",
        fraction: items.fractionOf(startAt + accepted),
        detail: `${accepted} accepted`,
      });
    },
  });
  try {
    for await (const outcome of job) {
      if (values.json) await print(JSON.stringify(outcome), signal);
    }
    const { items: accepted } = await job;
    progress.end();
    if (!values.json) await print(`${accepted} ${accepted === 1 ? "profile was" : "profiles were"} accepted.`, signal);
    return EXIT.done;
  } catch (error) {
    progress.end();
    const words = optionWords({ ...values, "start-at": String(resumeAt) });
    throw new ResumableError(
      error,
      file === "-" ? "Give the same input again, to:" : "Resume with:",
      shellLine(["memory", "bulk", file, ...words]),
    );
  }
}
