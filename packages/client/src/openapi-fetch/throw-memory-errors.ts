import type { Middleware } from "openapi-fetch";
import { parseJson } from "../connection/json.ts";
import { failureOf } from "../connection/send.ts";
import type { Outcome } from "./exchange.ts";
import { operationAt } from "./operation-at.ts";

const failures = new WeakMap<Request, Outcome>();

/** Keeps the outcome of a failed request for `throwMemoryErrors`. */
export function rememberFailure(request: Request, outcome: Outcome): void {
  failures.set(request, outcome);
}

/**
 * Middleware that rejects with the errors of this package in place of a result with `error`: a MemoryApiError, or a ProfileMovedError for a
 * merged profile. Both have guards in `@memory-api/client`.
 *
 * @example
 * const client = createFetchClient(options);
 * client.use(throwMemoryErrors);
 * try {
 *   await client.GET("/v1/Stores/{storeId}/Profiles/{profileId}", { params: { path: { storeId, profileId } } });
 * } catch (error) {
 *   if (!isMemoryApiError(error, "fetchProfile", 404)) throw error;
 * }
 */
export const throwMemoryErrors: Middleware = {
  async onResponse({ request, response }) {
    if (response.ok) return;
    const { error, redact } = failures.get(request) ?? {};
    if (error?.status === response.status) throw error;
    // Other middleware made the response.
    const { id: operationId } = operationAt(request.method, new URL(request.url).pathname);
    const { status, headers } = response;
    const body = parseJson(await response.text()) || undefined;
    const attempts = error?.attempts ?? 1;
    throw failureOf({ operationId, status, headers, body, attempts, now: Date.now(), ...(redact && { redact }) });
  },
};
