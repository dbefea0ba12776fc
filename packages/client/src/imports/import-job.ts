import type { ImportId, ImportSummary, OperationId } from "@memory-api/types";
import { TimeLimitError } from "../errors/time-limit-error.ts";
import { checkedNumber } from "../resilience/checked-number.ts";
import type { RetryOptions } from "../resilience/retry-options.ts";
import { withinTime } from "../resilience/within-time.ts";
import { EventLog } from "./event-log.ts";

/** How an import ended that was completed. */
export interface ImportResult {
  readonly importId: ImportId;
  readonly status: "COMPLETED";
  /** Rows that were refused, and rows that were applied but for a cell; 0 where the service does not say. */
  readonly summary: Readonly<Required<ImportSummary>>;
  /** Whether there are rows that were not applied: an import is completed with up to 99 of them. */
  readonly hasFailedRows: boolean;
}

/** What happens in the course of an import, in this order. */
export type ImportEvent =
  | { readonly type: "created"; readonly importId: ImportId }
  /** How many bytes are on their way, of how many. It never goes back, even where an upload begins anew. */
  | { readonly type: "uploading"; readonly loaded: number; readonly total: number }
  | { readonly type: "uploaded" }
  /** The service has begun to read the file. */
  | { readonly type: "processing" }
  | ({ readonly type: "completed" } & ImportResult);

/** How a job can be ended early. What the service does with a file that it has goes on; `resume` waits for it again. */
export interface ImportJobOptions {
  /** Ends the job at once, wherever it is; it is rejected with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long the whole job may take, in milliseconds. The calls that it is made of keep their own limits. An import whose
   * status the contract does not have yet is waited for, too.
   *
   * @default as long as it takes
   */
  readonly deadline?: number | undefined;
  /**
   * Retries of the calls of the job. Unless `attempts` is set, the job continues to repeat uploads and polls while the service is
   * unavailable, for up to 10 minutes in a row. With `false`, it rejects at the first failure.
   *
   * @default the retry option of the client
   */
  readonly retry?: RetryOptions | false | undefined;
}

/** What the work of a job is given. */
export interface ImportWork {
  /** Aborted when the job is given up. */
  readonly signal: AbortSignal;
  readonly retry: ImportJobOptions["retry"];
  readonly emit: (event: ImportEvent) => void;
  /** Told what is being called, and for which time. */
  readonly calling: (operationId: OperationId, attempt: number) => void;
}

/**
 * An import that is under way. Awaited, it is the summary; iterated, it gives what happens, from the beginning, whenever the iteration
 * begins. Both are rejected if it does not end well. To leave an iteration ends nothing: that is for the signal.
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
  constructor(options: ImportJobOptions, work: (given: ImportWork) => Promise<ImportResult>, importId?: ImportId) {
    this.#importId = importId;
    this.#result = this.#run(options, work);
    // Rejects for everyone who awaits or iterates the job, however late. Until then, the rejection is not an unhandled one.
    this.#result.catch(() => {});
  }

  /** ID of the import, once it is created: what `resume` takes, however the job ends. */
  get importId(): ImportId | undefined {
    return this.#importId;
  }

  [Symbol.asyncIterator](): AsyncGenerator<ImportEvent, void> {
    return this.#events();
  }

  // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for.
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

  async *#events(): AsyncGenerator<ImportEvent, void> {
    yield* this.#log.read();
    await this.#result;
  }

  async #run(
    { signal, deadline = Number.POSITIVE_INFINITY, retry }: ImportJobOptions,
    work: (given: ImportWork) => Promise<ImportResult>,
  ): Promise<ImportResult> {
    let called: [OperationId, number] = ["createProfilesImportV2", 0];
    const given = {
      retry,
      emit: (event: ImportEvent) => this.#emit(event),
      calling: (...call: typeof called) => {
        called = call;
      },
    };
    const expired = () => new TimeLimitError(called[0], "deadline", deadline, called[1]);
    try {
      checkedNumber("deadline", deadline, 0);
      signal?.throwIfAborted();
      return await withinTime(deadline, expired, signal, (own) => work({ ...given, signal: own }));
    } finally {
      this.#log.end();
    }
  }

  #emit(event: ImportEvent): void {
    if (event.type === "created") this.#importId = event.importId;
    this.#log.add(event);
  }
}
