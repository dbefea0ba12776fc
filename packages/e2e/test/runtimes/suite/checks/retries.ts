import { isConnectionError, type RetryEvent } from "@memory-api/client";
import { assert, assertEqual, rejectionOf } from "../assertions.ts";
import type { Check, CheckContext } from "../check.ts";
import { columnMappings } from "../csv-file.ts";
import { faultFirstAttempt } from "../fault-first-attempt.ts";

export const retryChecks: readonly Check[] = [
  {
    name: "retries after a 429, with the delay of Retry-After",
    async run(context) {
      const [{ attempt, delayMs, error } = {}, ...more] = await retriesAfter(context, "status=429");
      assertEqual([attempt, delayMs, Object(error).status, more.length], [1, 1000, 429, 0]);
    },
  },
  {
    name: "retries after a 503",
    async run(context) {
      const [{ attempt, error } = {}, ...more] = await retriesAfter(context, "status=503");
      assertEqual([attempt, Object(error).status, more.length], [1, 503, 0]);
    },
  },
  {
    name: "retries after a connection reset",
    async run(context) {
      const [{ attempt, error } = {}, ...more] = await retriesAfter(context, "reset");
      assertEqual([attempt, error?.name, more.length], [1, "ConnectionError", 0]);
    },
  },
  {
    name: "retries after a truncated response",
    async run(context) {
      const [{ attempt, error } = {}, ...more] = await retriesAfter(context, "truncate");
      assertEqual([attempt, error?.name, more.length], [1, "ConnectionError", 0]);
    },
  },
  {
    name: "does not retry the creation of an import that may have succeeded",
    async run({ memory, settings: { storeId } }) {
      const body = { filename: "contacts.csv", fileSize: 100, columnMappings };
      const { operations } = memory({ middleware: [faultFirstAttempt("reset")] });
      const error = await rejectionOf(operations.createProfilesImportV2({ path: { storeId }, body }));
      assert(isConnectionError(error), "the error is a ConnectionError");
      const { attempts, mayHaveArrived } = Object(error);
      assertEqual([attempts, mayHaveArrived], [1, true]);
    },
  },
];

/** Makes a call that succeeds with its second attempt, and returns the retry events. */
async function retriesAfter({ memory, settings: { storeId } }: CheckContext, fault: string): Promise<RetryEvent[]> {
  const events: RetryEvent[] = [];
  const client = memory({ middleware: [faultFirstAttempt(fault)], onRetry: (event) => events.push(event) });
  const { status, attempts } = await client.operations.listProfiles({ path: { storeId } }).withResponse();
  assertEqual([status, attempts], [200, 2]);
  return events;
}
