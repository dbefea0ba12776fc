import { parseArgs } from "node:util";
import { enums, type OrderBy } from "@memory-api/types";
import { noPositionals } from "../arguments/no-positionals.ts";
import { optionWords } from "../arguments/option-words.ts";
import { shellLine } from "../arguments/shell-line.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { wholeNumber } from "../arguments/whole-number.ts";
import { EXIT } from "../output/exit-code.ts";
import { print } from "../output/print.ts";
import { printable } from "../output/printable.ts";
import { openStore } from "../store/open-store.ts";
import { SHARED_OPTIONS } from "../store/shared-options.ts";
import { readPages } from "./read-pages.ts";

/** Prints IDs as they come, one a line; as JSON, one page a line. Says how to go on where there are more than were asked for. */
export async function listProfiles(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      ...SHARED_OPTIONS,
      limit: { type: "string" },
      order: { type: "string" },
      "page-token": { type: "string" },
    },
  });
  noPositionals(positionals);
  const orderBy = checkedOrder(values.order);
  const limit = wholeNumber("--limit", values.limit, 1);
  const { connection, storeId } = await openStore(values);

  let next: string | undefined;
  const options = { orderBy, pageToken: values["page-token"], signal };
  for await (const page of readPages(connection, storeId, limit, options)) {
    next = page.nextToken;
    if (values.json) await print(JSON.stringify(page), signal);
    else if (page.ids.length > 0) await print(page.ids.join("\n"), signal);
  }
  if (next !== undefined && !values.json) {
    const words = ["memory", "profile", "list", ...optionWords({ ...values, "page-token": next })];
    console.error(`There are more: ${printable(shellLine(words))}`);
  }
  return EXIT.done;
}

function checkedOrder(given: string | undefined): OrderBy | undefined {
  if (given === undefined) return undefined;
  const order = enums.OrderBy.find((each) => each === given);
  if (order === undefined) throw new UsageError(`--order is ${enums.OrderBy.join(" or ")}.`);
  return order;
}
