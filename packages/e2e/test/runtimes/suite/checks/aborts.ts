import { isTimeLimitError, type Middleware } from "@memory-api/client";
import { assert, assertEqual, rejectionOf } from "../assertions.ts";
import type { Check } from "../check.ts";
import { faultFirstAttempt } from "../fault-first-attempt.ts";

export const abortChecks: readonly Check[] = [
  {
    name: "aborts a slow response with the reason of the signal",
    async run({ memory, settings: { storeId } }) {
      const controller = new AbortController();
      const reason = { why: "the user left the page" };
      const abort = () => controller.abort(reason);
      const { operations } = memory({ middleware: [onHeaders(abort), faultFirstAttempt("slow=10")] });
      const call = operations.listProfiles({ path: { storeId } }, { signal: controller.signal });
      assert((await rejectionOf(call)) === reason, "the call rejects with the reason");
    },
  },
  {
    name: "aborts a retry delay with the reason of the signal",
    async run({ memory, settings: { storeId } }) {
      const controller = new AbortController();
      const reason = { why: "the user left the page" };
      const attempts: number[] = [];
      const { operations } = memory({
        middleware: [faultFirstAttempt("status=429")],
        onRetry({ attempt }) {
          attempts.push(attempt);
          // Aborts after the delay has begun.
          setTimeout(() => controller.abort(reason));
        },
      });
      const call = operations.listProfiles({ path: { storeId } }, { signal: controller.signal });
      assert((await rejectionOf(call)) === reason, "the call rejects with the reason");
      assertEqual(attempts, [1]);
    },
  },
  {
    name: "applies the timeout to the complete response, including its body",
    async run({ memory, settings: { storeId } }) {
      let hasHeaders = false;
      const { operations } = memory({
        middleware: [onHeaders(() => (hasHeaders = true)), faultFirstAttempt("slow=10")],
        timeout: 1000,
        retry: false,
      });
      const error = await rejectionOf(operations.listProfiles({ path: { storeId } }));
      assert(isTimeLimitError(error), "the error is a TimeLimitError");
      const { limit, ms } = Object(error);
      assertEqual([limit, ms, hasHeaders], ["attempt", 1000, true]);
    },
  },
];

/** Middleware that calls the listener when the headers of a response have arrived, before its body is read. */
function onHeaders(listener: () => void): Middleware {
  return async (request, next) => {
    const response = await next(request);
    listener();
    return response;
  };
}
