import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type {
  OperationId,
  operations,
  PathOf,
  QueryOf,
  RedirectStatusOf,
  RequestOf,
  ResponseOf,
  SuccessStatusOf,
} from "@memory-api/types";
import type { Store } from "../domain/stores/store-directory.ts";
import type { Dependencies } from "./dependencies.ts";

/** A request that has passed every check that needs only the contract. */
export interface OperationRequest<Id extends OperationId> {
  readonly path: PathOf<Id>;
  readonly query: QueryOf<Id>;
  /** Validated if it is JSON; otherwise a stream that has not been read. */
  readonly body: BodyOf<Id>;
  readonly headers: IncomingHttpHeaders;
  /** The store in the path. */
  readonly store: StoreOf<Id>;
  /** Names the store of the request to the log and the metrics, if its path does not. The caller must be allowed to use the store. */
  readonly isFor: (storeId: string) => Promise<void>;
  /** Whether the caller is gone, so that work for it that has not started can be dropped. */
  readonly isAbandoned: () => boolean;
  /** Where the caller reaches this server, such as `https://memory.example.com`. */
  readonly origin: string;
}

/** An operation without credentials has no store in its path. */
type StoreOf<Id extends OperationId> = (typeof operations)[Id]["authenticated"] extends true ? Store : undefined;

type BodyOf<Id extends OperationId> = (typeof operations)[Id]["mediaType"] extends "text/csv"
  ? Readable
  : RequestOf<Id>;

/** A response that is not an error. Errors are thrown as `ApiError`. */
export type OperationResponse<Id extends OperationId> = {
  [Status in SuccessStatusOf<Id> | RedirectStatusOf<Id>]: {
    readonly status: Status;
    readonly body: ResponseOf<Id, Status>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[SuccessStatusOf<Id> | RedirectStatusOf<Id>];

export type Operation<Id extends OperationId> = (
  dependencies: Dependencies,
  request: OperationRequest<Id>,
) => Promise<OperationResponse<Id>>;

/** One for each operation of the contract. */
export type Operations = { readonly [Id in OperationId]: Operation<Id> };
