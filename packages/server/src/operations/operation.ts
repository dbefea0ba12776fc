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
import type { StoreRules } from "../domain/store-rules.ts";
import type { Parts } from "../parts.ts";

/** A request that has passed all checks that the contract alone can make. */
export interface OperationRequest<Id extends OperationId> {
  readonly path: PathOf<Id>;
  readonly query: QueryOf<Id>;
  /** Checked, where it is JSON; otherwise a stream that nobody has read from yet. */
  readonly body: BodyOf<Id>;
  readonly headers: IncomingHttpHeaders;
  /** Of the store in the path. Empty for an operation on no store. */
  readonly rules: StoreRules;
  /** Where the caller reaches this server, such as `https://memory.example.com`. */
  readonly origin: string;
}

type BodyOf<Id extends OperationId> = (typeof operations)[Id]["mediaType"] extends "text/csv"
  ? Readable
  : RequestOf<Id>;

/** An answer that is no error: those are thrown, as `ApiError`. */
export type Answer<Id extends OperationId> = {
  [Status in SuccessStatusOf<Id> | RedirectStatusOf<Id>]: {
    readonly status: Status;
    readonly body: ResponseOf<Id, Status>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[SuccessStatusOf<Id> | RedirectStatusOf<Id>];

export type Operation<Id extends OperationId> = (parts: Parts, request: OperationRequest<Id>) => Promise<Answer<Id>>;

/** One for each operation of the contract. */
export type Operations = { readonly [Id in OperationId]: Operation<Id> };
