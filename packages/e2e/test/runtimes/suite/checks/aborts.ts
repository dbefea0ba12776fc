import { isTimeLimitError, type Middleware } from "@memory-api/client";
import { equal, holds, rejectionOf } from "../assertions.ts";
import type { Check } from "../check.ts";
import { faultFirst } from "../fault-first.ts";

export const abortChecks: readonly Check[] = [
  {
    name: "ends a slow answer with the reason of the signal",
    async run({ memory, settings: { storeId } }) {
      const controller = new AbortController();
      const reason = { why: "the page was left" };
      const abort = () => controller.abort(reason);
      const { operations } = memory({ middleware: [onHeaders(abort), faultFirst("slow=10")] });
      const call = operations.listProfiles({ path: { storeId } }, { signal: controller.signal });
      holds((await rejectionOf(call)) === reason, "it is the reason itself");
    },
  },
  {
    name: "ends a pause with the reason of the signal",
    async run({ memory, settings: { storeId } }) {
      const controller = new AbortController();
      const reason = { why: "the page was left" };
      const attempts: number[] = [];
      const { operations } = memory({
        middleware: [faultFirst("status=429")],
        onRetry({ attempt }) {
          attempts.push(attempt);
          // The pause has begun by then.
          setTimeout(() => controller.abort(reason));
        },
      });
      const call = operations.listProfiles({ path: { storeId } }, { signal: controller.signal });
      holds((await rejectionOf(call)) === reason, "it is the reason itself");
      equal(attempts, [1]);
    },
  },
  {
    name: "limits how long an answer may take, its body included",
    async run({ memory, settings: { storeId } }) {
      let hasHeaders = false;
      const { operations } = memory({
        middleware: [onHeaders(() => (hasHeaders = true)), faultFirst("slow=10")],
        timeout: 1000,
        retry: false,
      });
      const error = await rejectionOf(operations.listProfiles({ path: { storeId } }));
      holds(isTimeLimitError(error), "it is a TimeLimitError");
      const { limit, ms } = Object(error);
      equal([limit, ms, hasHeaders], ["attempt", 1000, true]);
    },
  },
];

/** Tells when the head of an answer is there, and its body still to come. */
function onHeaders(listener: () => void): Middleware {
  return async (request, next) => {
    const response = await next(request);
    listener();
    return response;
  };
}
