import type { TracingChannel } from "node:diagnostics_channel";
import { operations } from "@memory-api/types";
import type { AttemptContext } from "../connection/client-options.ts";
import type { SuccessfulResponse } from "../connection/http-messages.ts";

/**
 * The message of the tracing channel `memory-api.client.attempt` in runtimes with `node:diagnostics_channel`. It is the same object from
 * `start` to `asyncEnd` of an attempt.
 *
 * @example
 * import { tracingChannel } from "node:diagnostics_channel";
 * tracingChannel("memory-api.client.attempt").asyncEnd.subscribe((message) => count(message as AttemptMessage));
 */
export interface AttemptMessage extends AttemptContext {
  /** HTTP method. */
  readonly method: string;
  /** HTTP status of the response, as soon as it arrived. */
  status?: number;
  /** The error of the attempt. The call rejects with it, unless a retry follows. */
  error?: unknown;
}

let channel: TracingChannel<unknown, AttemptMessage> | undefined;

/** Publishes an attempt to subscribers. It costs nothing if there are none. */
export function published(
  context: AttemptContext,
  work: () => Promise<SuccessfulResponse>,
): Promise<SuccessfulResponse> {
  const tracing = attemptChannel();
  // Bun does not report whether there are subscribers.
  if (tracing === undefined || tracing.hasSubscribers === false) return work();
  const message: AttemptMessage = { ...context, method: operations[context.operationId].method };
  return new Promise((resolve, reject) => {
    const attempt = async () => {
      try {
        const success = await work();
        message.status = success.status;
        // Not returned, because the channel would publish it, and it contains a profile.
        resolve(success);
      } catch (error) {
        message.status = Object(error).status;
        throw error;
      }
    };
    tracing.tracePromise(attempt, message).catch(reject);
  });
}

function attemptChannel(): typeof channel {
  // A static import would break browsers.
  channel ??= globalThis.process
    ?.getBuiltinModule?.("node:diagnostics_channel")
    ?.tracingChannel("memory-api.client.attempt");
  return channel;
}
