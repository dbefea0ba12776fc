import type { Middleware } from "openapi-fetch";
import { failureOf } from "../connection/failure-of.ts";
import { jsonOf } from "../connection/json-of.ts";
import type { MemoryApiError } from "../errors/memory-api-error.ts";
import { operationAt } from "./operation-at.ts";

const errors = new WeakMap<Response, MemoryApiError>();

/** Remembers the error that stands for a response. */
export function rememberError(response: Response, error: MemoryApiError): void {
  errors.set(response, error);
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
    throw errors.get(response) ?? (await errorOf(request, response));
  },
};

/** For a response that another middleware made. */
async function errorOf(request: Request, response: Response): Promise<MemoryApiError> {
  const { id: operationId } = operationAt(request.method, new URL(request.url).pathname);
  const { status, headers } = response;
  const body = jsonOf(await response.text()) || undefined;
  return failureOf({ operationId, status, headers, body, attempts: 1, now: Date.now() });
}
