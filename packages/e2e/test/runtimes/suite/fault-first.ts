import type { AttemptContext, Middleware } from "@memory-api/client";

/**
 * Asks the sandbox for a fault of the first attempt of each call.
 *
 * @param fault such as `status=429`, `reset`, `truncate` or `slow=20` (bytes per second)
 * @param only the operation whose calls it befalls; all without it
 */
export function faultFirst(fault: string, only?: AttemptContext["operationId"]): Middleware {
  return (request, next, { attempt, operationId }) => {
    if (attempt > 1 || operationId !== (only ?? operationId)) return next(request);
    return next({ ...request, headers: { ...request.headers, "Memory-Sandbox-Fault": fault } });
  };
}
