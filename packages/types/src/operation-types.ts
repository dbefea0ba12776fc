import type { operations } from "./generated/openapi.ts";

/** The ID of an operation: nine, and the upload. */
export type OperationId = keyof operations;

/**
 * Every operation under its ID, with its summary and description. A mapped type over `keyof DocumentedOperations` keeps them,
 * so that an editor shows them at whatever it maps to.
 */
export type DocumentedOperations = { readonly [Id in keyof operations]: Id };

/** Every status that the contract documents for an operation. */
export type StatusOf<Id extends OperationId> = keyof operations[Id]["responses"] & number;

/** The documented statuses of an operation that mean success, `2xx`. */
export type SuccessStatusOf<Id extends OperationId> = StatusIn<StatusOf<Id>, "2">;

/** The documented statuses of an operation that lead to the canonical profile, `3xx`. */
export type RedirectStatusOf<Id extends OperationId> = StatusIn<StatusOf<Id>, "3">;

/** The documented statuses of an operation that are errors, `4xx` and `5xx`. */
export type ErrorStatusOf<Id extends OperationId> = StatusIn<StatusOf<Id>, "4" | "5">;

/** The path parameters of an operation, by name. */
export type PathOf<Id extends OperationId> = operations[Id]["parameters"]["path"];

/** The query parameters of an operation, by name; `undefined` for one that has none. */
export type QueryOf<Id extends OperationId> = operations[Id]["parameters"]["query"];

/** The request body of an operation; `undefined` for one that has none. */
export type RequestOf<Id extends OperationId> = ContentOf<operations[Id]["requestBody"]>;

/**
 * The body of an answer of an operation: of its success, or of the statuses given.
 *
 * @example
 * type Moved = ResponseOf<"fetchProfile", 301>;
 */
export type ResponseOf<Id extends OperationId, Status extends StatusOf<Id> = SuccessStatusOf<Id>> = ContentOf<
  AnswersOf<Id, Status>
>;

/** The headers that the contract documents for an answer of an operation, by their names in it. */
export type HeadersOf<Id extends OperationId, Status extends StatusOf<Id> = SuccessStatusOf<Id>> =
  AnswersOf<Id, Status> extends { headers: infer Headers } ? Documented<Headers> : never;

/**
 * The body of an error of an operation: any of its errors, or that of the statuses given. `status` tells them apart.
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

type AnswersOf<Id extends OperationId, Status extends StatusOf<Id>> = operations[Id]["responses"][Status &
  keyof operations[Id]["responses"]];

type ContentOf<Message> = Message extends { content: infer Content }
  ? NonNullable<Content>[keyof Content & string]
  : undefined;

/** Without the index signature by which the generator says that there may be other headers. */
type Documented<Headers> = { [Name in keyof Headers as string extends Name ? never : Name]: Headers[Name] };
