import { type Bound, boundsOf, exampleOf } from "./bounds.ts";
import { type ContractOperation, resolved, type Schema } from "./operations.ts";

/** A request, ready to be sent. */
export interface PlainRequest {
  readonly method: string;
  /** Path and query, from the slash on. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Two requests that differ in one bound: the contract allows the first and forbids the second. */
export interface BoundRequests {
  /** Operation, place and keyword. */
  readonly name: string;
  readonly inside: PlainRequest;
  readonly outside: PlainRequest;
  /** The bound itself, and what it bounds: a body, or the parameter of that name. */
  readonly bound: Bound;
  readonly of: "body" | "parameter";
}

/** A request that the contract allows, made of its examples. */
export function exampleRequest(operation: ContractOperation, given: Given = {}): PlainRequest {
  const values = operation.parameters.map(({ name, in: place, required, schema }) => {
    const value = name in (given.parameters ?? {}) ? given.parameters?.[name] : required && exampleOf(schema as Schema);
    return { name, place, value };
  });
  const sent = (where: string) =>
    values.filter(({ place, value }) => place === where && value !== undefined && value !== false);
  const path = sent("path").reduce(
    (template, { name, value }) => template.replace(`{${name}}`, encodeURIComponent(String(value))),
    operation.path,
  );
  const query = new URLSearchParams(Object.fromEntries(sent("query").map(({ name, value }) => [name, String(value)])));
  const body = "body" in given ? given.body : exampleBody(operation);
  return {
    method: operation.method,
    target: query.size > 0 ? `${path}?${query}` : path,
    headers: {
      ...(operation.authenticated && { authorization: `Basic ${btoa("key:secret")}` }),
      ...(operation.body !== undefined && { "content-type": operation.body.mediaType }),
    },
    ...(body !== undefined && { body: typeof body === "string" && isText(operation) ? body : JSON.stringify(body) }),
  };
}

interface Given {
  parameters?: Record<string, unknown>;
  body?: unknown;
}

/** For every bound of what an operation takes, a request just inside and one just outside. */
export function* boundRequests(operation: ContractOperation): Generator<BoundRequests> {
  for (const { name, in: place, required, schema } of operation.parameters) {
    const request = (value: unknown) => exampleRequest(operation, { parameters: { [name]: value } });
    for (const bound of boundsOf(schema as Schema, name)) {
      if (canBeInUrl(bound)) yield pair(operation, "parameter", bound, request);
    }
    if (required && place === "query") {
      const bound = { place: name, keyword: "required", inside: exampleOf(schema as Schema), outside: undefined };
      yield pair(operation, "parameter", bound, request);
    }
  }
  if (operation.body === undefined) return;
  const request = (body: unknown) => exampleRequest(operation, { body });
  const absent = { place: "body", keyword: "required", inside: exampleBody(operation), outside: undefined };
  yield pair(operation, "body", absent, request);
  for (const bound of boundsOf(operation.body.content.schema as Schema, "body")) {
    if (!isText(operation) || !bound.keyword.startsWith("type string")) yield pair(operation, "body", bound, request);
  }
}

/** In a URL everything is text: no type but string has values that are not, and only those that text can tell apart. */
function canBeInUrl({ keyword, outside }: Bound): boolean {
  if (!keyword.startsWith("type")) return true;
  return !keyword.startsWith("type string") && (typeof outside === "string" || typeof outside === "number");
}

function pair(
  { id }: ContractOperation,
  of: "body" | "parameter",
  bound: Bound,
  request: (value: unknown) => PlainRequest,
): BoundRequests {
  const name = `${id} ${bound.place} ${bound.keyword}`;
  return { name, inside: request(bound.inside), outside: request(bound.outside), bound, of };
}

function exampleBody({ body }: ContractOperation): unknown {
  const [example] = Object.values(body?.content.examples ?? {});
  return example === undefined ? undefined : resolved<{ value: unknown }>(example).value;
}

function isText({ body }: ContractOperation): boolean {
  return body !== undefined && !body.mediaType.endsWith("json");
}
