import type { AttemptContext, Middleware } from "@memory-api/client";

/**
 * Middleware that makes the sandbox inject a fault into the first attempt of each call.
 *
 * @param fault for example `status=429`, `reset`, `truncate` or `slow=20` (bytes per second)
 * @param only the affected operation. All operations by default.
 */
export function faultFirstAttempt(fault: string, only?: AttemptContext["operationId"]): Middleware {
  return (request, next, { attempt, operationId }) => {
    if (attempt > 1 || operationId !== (only ?? operationId)) return next(request);
    return next({ ...request, headers: { ...request.headers, "Memory-Sandbox-Fault": fault } });
  };
}
