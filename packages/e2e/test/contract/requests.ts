import { type Bound, boundsOf, exampleOf } from "./bounds.ts";
import { type ContractOperation, dereference, type Schema } from "./operations.ts";

/** A request that `fetch` can send. */
export interface PlainRequest {
  readonly method: string;
  /** Path and query, with a leading slash. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Two requests that differ in one bound. The contract allows the first one and forbids the second one. */
export interface BoundRequests {
  /** Operation ID, location and keyword. */
  readonly name: string;
  readonly inside: PlainRequest;
  readonly outside: PlainRequest;
  readonly bound: Bound;
  readonly kind: "body" | "parameter";
}

interface Overrides {
  parameters?: Record<string, unknown>;
  body?: unknown;
}

/** Builds a valid request from the examples of the contract. `overrides` replaces values. */
export function exampleRequest(operation: ContractOperation, overrides: Overrides = {}): PlainRequest {
  const values = operation.parameters.map(({ name, in: location, required, schema }) => {
    const { parameters = {} } = overrides;
    const value = name in parameters ? parameters[name] : required && exampleOf(schema as Schema);
    return { name, location, value };
  });
  const valuesIn = (expected: string) =>
    values.filter(({ location, value }) => location === expected && value !== undefined && value !== false);
  const path = valuesIn("path").reduce(
    (template, { name, value }) => template.replace(`{${name}}`, encodeURIComponent(String(value))),
    operation.path,
  );
  const query = new URLSearchParams(
    Object.fromEntries(valuesIn("query").map(({ name, value }) => [name, String(value)])),
  );
  const body = "body" in overrides ? overrides.body : exampleBody(operation);
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

/** Builds a pair of requests for each bound of the parameters and the body of an operation. */
export function* boundRequests(operation: ContractOperation): Generator<BoundRequests> {
  for (const { name, in: location, required, schema } of operation.parameters) {
    const request = (value: unknown) => exampleRequest(operation, { parameters: { [name]: value } });
    for (const bound of boundsOf(schema as Schema, name)) {
      if (canBeInUrl(bound)) yield pair(operation, "parameter", bound, request);
    }
    if (required && location === "query") {
      const bound = { location: name, keyword: "required", inside: exampleOf(schema as Schema), outside: undefined };
      yield pair(operation, "parameter", bound, request);
    }
  }
  if (operation.body === undefined) return;
  const request = (body: unknown) => exampleRequest(operation, { body });
  const absent = { location: "body", keyword: "required", inside: exampleBody(operation), outside: undefined };
  yield pair(operation, "body", absent, request);
  for (const bound of boundsOf(operation.body.content.schema as Schema, "body")) {
    if (!isText(operation) || !bound.keyword.startsWith("type string")) yield pair(operation, "body", bound, request);
  }
}

/** A URL contains only text. All text is a valid string, and booleans, arrays, objects and null look like strings. */
function canBeInUrl({ keyword, outside }: Bound): boolean {
  if (!keyword.startsWith("type")) return true;
  return !keyword.startsWith("type string") && (typeof outside === "string" || typeof outside === "number");
}

function pair(
  { id }: ContractOperation,
  kind: "body" | "parameter",
  bound: Bound,
  request: (value: unknown) => PlainRequest,
): BoundRequests {
  const name = `${id} ${bound.location} ${bound.keyword}`;
  return { name, inside: request(bound.inside), outside: request(bound.outside), bound, kind };
}

function exampleBody({ body }: ContractOperation): unknown {
  const [example] = Object.values(body?.content.examples ?? {});
  return example === undefined ? undefined : dereference<{ value: unknown }>(example).value;
}

function isText({ body }: ContractOperation): boolean {
  return body !== undefined && !body.mediaType.endsWith("json");
}
