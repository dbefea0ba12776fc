import { type HeadersOf, type OperationId, operations, type ResponseOf, type SuccessStatusOf } from "@memory-api/types";
import { type InvalidTraitsError, isInvalidTraitsError } from "../errors/invalid-traits-error.ts";
import {
  type FailureStatusOf,
  isContractBody,
  isMemoryApiError,
  type MemoryApiError,
} from "../errors/memory-api-error.ts";
import { platformResponse, type ResponseHeaders } from "./http-messages.ts";

/** A 2xx response. */
export interface ApiResponse<Id extends OperationId, Value = ResponseOf<Id>> {
  /** The value that the call resolves to. */
  readonly value: Value;
  readonly status: SuccessStatusOf<Id>;
  readonly headers: ResponseHeaders<HeadersOf<Id>>;
  /** The body as it was received; `""` if it is empty. */
  readonly bodyText: string;
  /** The request ID that the service assigned. Include it in support requests. */
  readonly requestId: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
}

/**
 * The outcome of a call, discriminated by `status`: a status of the contract; `"undocumented"` for a response that the contract does not
 * document, or that cannot be read; `"invalid"` if a schema of the client rejects the traits, of the request or of the response;
 * `"unanswered"` if no response arrived, the call was aborted, or nothing was sent.
 */
export type Outcome<Id extends OperationId, Value = ResponseOf<Id>> =
  | (ApiResponse<Id, Value> & { readonly ok: true })
  | FailedOutcome<Id>;

/** The outcome of a call that did not succeed. */
export type FailedOutcome<Id extends OperationId> =
  | FailureOf<Id>
  | { readonly ok: false; readonly status: "undocumented"; readonly error: MemoryApiError<Id> }
  | { readonly ok: false; readonly status: "invalid"; readonly error: InvalidTraitsError }
  | { readonly ok: false; readonly status: "unanswered"; readonly error: unknown };

type FailureOf<Id extends OperationId> = {
  [Status in FailureStatusOf<Id>]: {
    readonly ok: false;
    readonly status: Status;
    readonly error: MemoryApiError<Id, Status>;
  };
}[FailureStatusOf<Id>];

/**
 * A call in progress. It resolves to the body of the 2xx response, and rejects in all other cases.
 *
 * @example
 * const profile = await profiles.fetch(profileId);
 * const { status, requestId } = await profiles.fetch(profileId).withResponse();
 * const outcome = await profiles.fetch(profileId).safe();
 * if (outcome.status === 404) console.log(outcome.error.body.message);
 */
export class ApiPromise<Id extends OperationId, Value = ResponseOf<Id>> implements Promise<Value> {
  readonly [Symbol.toStringTag] = "ApiPromise";
  readonly #id: Id;
  readonly #response: Promise<ApiResponse<Id, Value>>;

  constructor(id: Id, response: Promise<ApiResponse<Id, Value>>) {
    this.#id = id;
    this.#response = response;
  }

  /** Resolves to the value with its status, headers and request ID. Rejects with the same error as the call. */
  withResponse(): Promise<ApiResponse<Id, Value>> {
    return this.#response;
  }

  /**
   * Resolves to the platform's `Response`, whose body is unread and has the bytes that were received, decoded. Rejects
   * with the same error as the call, so the response is always successful.
   *
   * @example
   * const response = await profiles.fetch(profileId).asResponse();
   * for (const [name, value] of response.headers) console.log(name, value);
   */
  async asResponse(): Promise<Response> {
    const { status, headers, bodyText } = await this.#response;
    return platformResponse(status, headers, bodyText);
  }

  /** Resolves to the outcome, and never rejects. A `switch` over `status` can be exhaustive. */
  async safe(): Promise<Outcome<Id, Value>> {
    try {
      return { ok: true, ...(await this.#response) };
    } catch (error) {
      return outcomeOf(error, this.#id);
    }
  }

  // biome-ignore lint/suspicious/noThenProperty: a call is awaited like any promise.
  then<Fulfilled = Value, Rejected = never>(
    onFulfilled?: ((value: Value) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#response.then(({ value }) => value).then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Value | Rejected> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Value> {
    return this.then().finally(onFinally);
  }
}

function outcomeOf<Id extends OperationId>(error: unknown, id: Id): FailedOutcome<Id>;
function outcomeOf(error: unknown, id: OperationId) {
  if (isInvalidTraitsError(error)) return { ok: false, status: "invalid", error };
  if (!isMemoryApiError(error, id)) return { ok: false, status: "unanswered", error };
  const documented: readonly number[] = operations[id].statuses;
  // The body of a 2xx response that cannot be read is text.
  const isDocumented = documented.includes(error.status) && isContractBody(error.status, error.body);
  return { ok: false, status: isDocumented ? error.status : "undocumented", error };
}
