import { isConnectionError, type RetryEvent } from "@memory-api/client";
import { equal, holds, rejectionOf } from "../assertions.ts";
import type { Check, CheckContext } from "../check.ts";
import { columnMappings } from "../csv-file.ts";
import { faultFirst } from "../fault-first.ts";

export const retryChecks: readonly Check[] = [
  {
    name: "sends again after a 429, as late as the service asks",
    async run(context) {
      const [{ attempt, delayMs, error } = {}, ...more] = await retriesAfter(context, "status=429");
      equal([attempt, delayMs, Object(error).status, more.length], [1, 1000, 429, 0]);
    },
  },
  {
    name: "sends again after a 503",
    async run(context) {
      const [{ attempt, error } = {}, ...more] = await retriesAfter(context, "status=503");
      equal([attempt, Object(error).status, more.length], [1, 503, 0]);
    },
  },
  {
    name: "sends again after a connection that broke off",
    async run(context) {
      const [{ attempt, error } = {}, ...more] = await retriesAfter(context, "reset");
      equal([attempt, error?.name, more.length], [1, "ConnectionError", 0]);
    },
  },
  {
    name: "sends again after an answer that was cut off",
    async run(context) {
      const [{ attempt, error } = {}, ...more] = await retriesAfter(context, "truncate");
      equal([attempt, error?.name, more.length], [1, "ConnectionError", 0]);
    },
  },
  {
    name: "creates no second import where the first may be there",
    async run({ memory, settings: { storeId } }) {
      const body = { filename: "contacts.csv", fileSize: 100, columnMappings };
      const { operations } = memory({ middleware: [faultFirst("reset")] });
      const error = await rejectionOf(operations.createProfilesImportV2({ path: { storeId }, body }));
      holds(isConnectionError(error), "it is a ConnectionError");
      const { attempts, mayHaveArrived } = Object(error);
      equal([attempts, mayHaveArrived], [1, true]);
    },
  },
];

/** What is told of the retries of a call that succeeds with its second attempt. */
async function retriesAfter({ memory, settings: { storeId } }: CheckContext, fault: string): Promise<RetryEvent[]> {
  const events: RetryEvent[] = [];
  const client = memory({ middleware: [faultFirst(fault)], onRetry: (event) => events.push(event) });
  const { status, attempts } = await client.operations.listProfiles({ path: { storeId } }).withResponse();
  equal([status, attempts], [200, 2]);
  return events;
}
