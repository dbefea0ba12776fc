import type { operations } from "./generated/openapi.ts";

/** ID of an operation: the nine operations of the API and the upload. */
export type OperationId = keyof operations;

/**
 * Every operation by its ID, with its summary and description. A mapped type over `keyof DocumentedOperations` keeps both, so an
 * editor shows them for the mapped properties.
 */
export type DocumentedOperations = { readonly [Id in keyof operations]: Id };

/** The statuses that the contract documents for an operation. */
export type StatusOf<Id extends OperationId> = keyof operations[Id]["responses"] & number;

/** The documented `2xx` statuses of an operation. */
export type SuccessStatusOf<Id extends OperationId> = StatusIn<StatusOf<Id>, "2">;

/** The documented `3xx` statuses of an operation, which redirect to the canonical profile. */
export type RedirectStatusOf<Id extends OperationId> = StatusIn<StatusOf<Id>, "3">;

/** The documented `4xx` and `5xx` statuses of an operation. */
export type ErrorStatusOf<Id extends OperationId> = StatusIn<StatusOf<Id>, "4" | "5">;

/** The path parameters of an operation by name. */
export type PathOf<Id extends OperationId> = operations[Id]["parameters"]["path"];

/** The query parameters of an operation by name; `undefined` if it has none. */
export type QueryOf<Id extends OperationId> = operations[Id]["parameters"]["query"];

/** The request body of an operation; `undefined` if it has none. */
export type RequestOf<Id extends OperationId> = ContentOf<operations[Id]["requestBody"]>;

/**
 * The body of a response of an operation: of its success by default, or of the given statuses.
 *
 * @example
 * type Moved = ResponseOf<"fetchProfile", 301>;
 */
export type ResponseOf<Id extends OperationId, Status extends StatusOf<Id> = SuccessStatusOf<Id>> = ContentOf<
  ResponsesOf<Id, Status>
>;

/** The headers that the contract documents for a response of an operation, by name. */
export type HeadersOf<Id extends OperationId, Status extends StatusOf<Id> = SuccessStatusOf<Id>> =
  ResponsesOf<Id, Status> extends { headers: infer Headers } ? Documented<Headers> : never;

/**
 * The body of an error response of an operation: of any error by default, or of the given statuses. `status` discriminates.
 *
 * @example
 * type NotFound = ErrorOf<"fetchProfile", 404>;
 */
export type ErrorOf<Id extends OperationId, Status extends ErrorStatusOf<Id> = ErrorStatusOf<Id>> = {
  [Each in Status]: ResponseOf<Id, Each> & { status: Each };
}[Status];

type StatusIn<Status extends number, Class extends string> = Status extends number
  ? `${Status}` extends `${Class}${string}`
    ? Status
    : never
  : never;

type ResponsesOf<Id extends OperationId, Status extends StatusOf<Id>> = operations[Id]["responses"][Status &
  keyof operations[Id]["responses"]];

type ContentOf<Message> = Message extends { content: infer Content }
  ? NonNullable<Content>[keyof Content & string]
  : undefined;

/** Removes the index signature with which the generator allows other headers. */
type Documented<Headers> = { [Name in keyof Headers as string extends Name ? never : Name]: Headers[Name] };
