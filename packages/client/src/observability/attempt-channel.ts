import type { TracingChannel } from "node:diagnostics_channel";
import { operations } from "@memory-api/types";
import type { AttemptContext } from "../connection/client-options.ts";
import type { SuccessfulResponse } from "../connection/http-messages.ts";

/**
 * What subscribers of the tracing channel `memory-api.client.attempt` get, where the runtime has `node:diagnostics_channel`: one and
 * the same object from `start` to `asyncEnd` of an attempt.
 *
 * @example
 * import { tracingChannel } from "node:diagnostics_channel";
 * tracingChannel("memory-api.client.attempt").asyncEnd.subscribe((message) => count(message as AttemptMessage));
 */
export interface AttemptMessage extends AttemptContext {
  /** Of HTTP. */
  readonly method: string;
  /** HTTP status of the answer, once there is one. */
  status?: number;
  /** What the attempt failed with. The call fails with it too, unless another attempt follows. */
  error?: unknown;
}

let channel: TracingChannel<unknown, AttemptMessage> | undefined;

/** Makes an attempt that subscribers hear of. Where there are none it costs nothing. */
export function published(
  context: AttemptContext,
  work: () => Promise<SuccessfulResponse>,
): Promise<SuccessfulResponse> {
  const told = attemptChannel();
  // Bun does not say whether there are any.
  if (told === undefined || told.hasSubscribers === false) return work();
  const message: AttemptMessage = { ...context, method: operations[context.operationId].method };
  return new Promise((resolve, reject) => {
    const attempt = async () => {
      try {
        const success = await work();
        message.status = success.status;
        // Not returned, since the channel would show it, and a profile is in it.
        resolve(success);
      } catch (error) {
        message.status = Object(error).status;
        throw error;
      }
    };
    told.tracePromise(attempt, message).catch(reject);
  });
}

function attemptChannel(): typeof channel {
  // An import of it would keep the package out of browsers.
  channel ??= globalThis.process
    ?.getBuiltinModule?.("node:diagnostics_channel")
    ?.tracingChannel("memory-api.client.attempt");
  return channel;
}
