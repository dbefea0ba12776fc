import type { ImportId, ImportSummary, OperationId } from "@memory-api/types";
import { TimeLimitError } from "../errors/time-limit-error.ts";
import { checkedNumber } from "../resilience/checked-number.ts";
import type { RetryOptions } from "../resilience/retry-options.ts";
import { withinTime } from "../resilience/within-time.ts";
import { EventLog } from "./event-log.ts";

/**
 * Options of a job. `signal` and `deadline` end only the job: the service still processes a file that it has received, and
 * {@link resumeImport} waits for it again.
 */
export interface ImportJobOptions {
  /** Ends the job immediately, at any step. The job is rejected with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long the job may take, in milliseconds, from its start to its result. After that, it is rejected with a `TimeLimitError`. With
   * 0, nothing is sent. The limits of the client also apply to each request of the job.
   *
   * @default no limit: the job waits as long as the import is neither `COMPLETED` nor `FAILED`
   */
  readonly deadline?: number | undefined;
  /**
   * Retries of each request of the job, as in the client options.
   *
   * If these retries fail, the job repeats the upload and the polls while the service is unavailable, until 10 minutes have passed since
   * the first failure. It does not if this option sets `attempts`, or if the service requests a pause longer than a `maxRetryAfterMs` that is
   * set here or for the client. With `false`, nothing is repeated: the first failure rejects the job.
   *
   * @default the `retry` option of the client
   */
  readonly retry?: RetryOptions | false | undefined;
}

/**
 * An import in progress, which is both a promise and a stream of events.
 *
 * - It starts immediately: awaiting or iterating it does not start it, and leaving an iteration does not stop it. To stop it, abort its
 *   `signal`.
 * - `await` returns the result, or throws the error if the import did not complete.
 * - `for await` yields all events from the first one, even if you begin to iterate later, and throws the same error. A slow reader does not
 *   delay the import: it skips outdated progress.
 * - A failure that you do not observe causes no unhandled rejection. Awaiting or iterating the job later still throws it.
 *
 * @example
 * const job = memory.store(storeId).imports.run("contacts.csv", {
 *   mapping: { email: "Contact.email", name: "Contact.firstName" },
 * });
 * for await (const event of job) {
 *   if (event.type === "uploading") console.log(`${event.loaded} of ${event.total} bytes`);
 * }
 * const { summary, hasFailedRows } = await job;
 */
export class ImportJob implements Promise<ImportResult>, AsyncIterable<ImportEvent> {
  readonly [Symbol.toStringTag] = "ImportJob";
  readonly #log = new EventLog<ImportEvent>();
  readonly #result: Promise<ImportResult>;
  #importId: ImportId | undefined;

  /** @internal */
  constructor(options: ImportJobOptions, work: (context: JobContext) => Promise<ImportResult>, importId?: ImportId) {
    this.#importId = importId;
    this.#result = this.#run(options, work);
    // An error that is observed later, or never, is not an unhandled rejection.
    this.#result.catch(() => {});
  }

  /** The ID of the import; `undefined` until it is created. It is still available after the job was rejected, for {@link resumeImport}. */
  get importId(): ImportId | undefined {
    return this.#importId;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ImportEvent, void> {
    yield* this.#log.read();
    await this.#result;
  }

  // biome-ignore lint/suspicious/noThenProperty: a job is a promise.
  then<Fulfilled = ImportResult, Rejected = never>(
    onFulfilled?: ((value: ImportResult) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#result.then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<ImportResult | Rejected> {
    return this.#result.catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<ImportResult> {
    return this.#result.finally(onFinally);
  }

  async #run(
    { signal: outer, deadline = Number.POSITIVE_INFINITY, retry }: ImportJobOptions,
    work: (context: JobContext) => Promise<ImportResult>,
  ): Promise<ImportResult> {
    let request: [OperationId, number] = [this.#importId ? "fetchProfileImportV2" : "createProfilesImportV2", 0];
    const onRequest = (...next: typeof request) => {
      request = next;
    };
    const expired = () => new TimeLimitError(request[0], "deadline", deadline, request[1]);
    const emit = (event: ImportEvent) => this.#emit(event);
    try {
      checkedNumber("deadline", deadline, 0);
      outer?.throwIfAborted();
      // A timer would end the job only after it has sent its first request.
      if (deadline === 0) throw expired();
      const result = await withinTime(deadline, expired, outer, (signal) => work({ signal, retry, emit, onRequest }));
      emit({ type: "completed", ...result });
      return result;
    } finally {
      this.#log.end();
    }
  }

  #emit(event: ImportEvent): void {
    if (event.type === "created") this.#importId = event.importId;
    this.#log.add(event);
  }
}

/** An event of an import. The types are listed in the order in which they occur. */
export type ImportEvent =
  | { readonly type: "created"; readonly importId: ImportId }
  /** How many bytes are on their way. The number never decreases, even if an upload starts again. */
  | { readonly type: "uploading"; readonly loaded: number; readonly total: number }
  | { readonly type: "uploaded" }
  /** The service has started to read the file. */
  | { readonly type: "processing" }
  | ({ readonly type: "completed" } & ImportResult);

/** The result of a completed import. */
export interface ImportResult {
  readonly importId: ImportId;
  readonly status: "COMPLETED";
  /** Counts of rows that were not applied (`errors`), and of rows that were applied without some cells (`warnings`). */
  readonly summary: Readonly<Required<ImportSummary>>;
  /** Whether some rows were not applied. An import with up to 99 of them is still completed. */
  readonly hasFailedRows: boolean;
}

/** What a job passes to its work. */
export interface JobContext {
  /** Aborted when the job ends early. */
  readonly signal: AbortSignal;
  readonly retry: ImportJobOptions["retry"];
  readonly emit: (event: ImportEvent) => void;
  /** Must be called before each request: an error at the deadline names the request in progress. */
  readonly onRequest: (operationId: OperationId, attempt: number) => void;
}
