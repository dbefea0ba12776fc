import type { OperationId } from "@memory-api/types";

/** The answer that a {@link MemoryApiError} tells of. */
export interface MemoryApiErrorDetails {
  readonly operationId: OperationId;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/**
 * The service answered, but not as it should: with an error, with the redirect of a merged profile, or with a success whose
 * body is not the JSON that belongs to it. Where no answer came, the error is that of `fetch`.
 *
 * @example
 * try {
 *   await memory.operations.fetchProfile({ path: { storeId, profileId } });
 * } catch (error) {
 *   if (error instanceof MemoryApiError && error.status === 404) return undefined;
 *   throw error;
 * }
 */
export class MemoryApiError extends Error {
  override readonly name = "MemoryApiError";

  /** The operation that was called. */
  readonly operationId: OperationId;

  /** HTTP status of the answer. */
  readonly status: number;

  /** The `code` of the error body; `undefined` where there is none, as in a redirect. */
  readonly code: number | undefined;

  /** The body as JSON, or as text where it is none; `undefined` where it is empty. */
  readonly body: unknown;

  /** Headers of the answer, such as `Canonical-Profile-Id` of a redirect or `Retry-After` of a 429. */
  readonly headers: Headers;

  constructor({ operationId, status, body, headers }: MemoryApiErrorDetails) {
    super(propertyOf(body, "message", "string") ?? `${operationId} was answered with ${told(status)}`);
    this.operationId = operationId;
    this.status = status;
    this.code = propertyOf(body, "code", "number");
    this.body = body;
    this.headers = headers;
  }
}

function told(status: number): string {
  const succeeded = status >= 200 && status < 300;
  return succeeded ? `status ${status}, but the body is not the JSON that it should be` : `status ${status}`;
}

interface Kinds {
  string: string;
  number: number;
}

function propertyOf<Kind extends keyof Kinds>(body: unknown, key: string, kind: Kind): Kinds[Kind] | undefined {
  if (typeof body !== "object" || body === null || !(key in body)) return undefined;
  const value: unknown = Reflect.get(body, key);
  return isKind(value, kind) ? value : undefined;
}

function isKind<Kind extends keyof Kinds>(value: unknown, kind: Kind): value is Kinds[Kind] {
  return typeof value === kind;
}
