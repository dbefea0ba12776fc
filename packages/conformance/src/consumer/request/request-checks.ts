import type { OpenAPIV3_1 } from "openapi-types";
import { type Contract, type ContractEntry, escapeToken, valueAt } from "../../contract/contract.ts";
import type { Violation } from "../../findings/finding.ts";
import { pointersIn, SchemaPlace } from "../schema-place.ts";
import { suggest } from "../suggest.ts";
import type { FoundOperation, KnownPath } from "./find-operation.ts";
import { HEADER_SUGGESTIONS, isKnownHeader } from "./known-headers.ts";
import type { SentRequest } from "./sent-request.ts";

const JSON_TYPE = "application/json";
const MAX_RECEIVED = 200;

type Report = (code: string, expected: string, received: string, pointer: string) => void;

export interface RequestCheckOptions {
  /** In lower case. */
  readonly allowedHeaders: readonly string[];
  /** Whether the URL is opaque: another service issued it, so its query is not checked. */
  readonly isOpaqueUrl: boolean;
}

/** A parameter, with the place where the contract declares it. */
export interface PlacedParameter {
  readonly parameter: OpenAPIV3_1.ParameterObject;
  readonly pointer: string;
}

/** Describes a request whose operation is unknown. */
export function unknownOperation(contract: Contract, { method, url }: SentRequest, { methods }: KnownPath): Violation {
  const paths = [...new Set([...contract.operations.values()].map(({ path }) => path))];
  return {
    code: "unknown-operation",
    expected:
      methods.length > 0 ? `${methods.join(" or ")} for this path` : `a path of the contract: ${paths.join(", ")}`,
    received: `${method} ${url.pathname}`,
    source: { kind: "contract", pointer: "/paths" },
  };
}

/** Checks a request against its operation, except for its JSON body. */
export function checkRequestHead(
  contract: Contract,
  request: SentRequest,
  { entry, path }: FoundOperation,
  { allowedHeaders, isOpaqueUrl }: RequestCheckOptions,
): Violation[] {
  const { violations, report } = violationsOf(entry);
  const declared = parametersOf(contract, entry);
  const declaredIn = (place: string) => declared.filter(({ parameter }) => parameter.in === place);
  const names = (place: string) => declaredIn(place).map(({ parameter }) => parameter.name);

  if (!isOpaqueUrl) {
    for (const each of declaredIn("path")) {
      const value = path[each.parameter.name];
      checkParameter(contract, each, value === undefined ? [] : [value], report);
    }
    // The URL of an upload grants access by itself.
    const isSecret = !entry.isAuthenticated;
    const query = request.url.searchParams;
    for (const each of declaredIn("query")) {
      checkParameter(contract, each, query.getAll(each.parameter.name), report, isSecret);
    }
    const known = names("query");
    for (const name of new Set(query.keys())) {
      if (known.includes(name)) continue;
      const expected = known.length === 0 ? "no query parameter" : `one of ${[...known].sort().join(", ")}`;
      report("unknown-query-parameter", `${expected}${suggest(name, known)}`, name, entry.pointer);
    }
  }
  for (const each of declaredIn("header")) {
    const value = request.headers.get(each.parameter.name);
    checkParameter(contract, each, value === null ? [] : [value], report);
  }
  const declaredHeaders = names("header").map((name) => name.toLowerCase());
  for (const name of request.headers.keys()) {
    if (isKnownHeader(name) || declaredHeaders.includes(name) || allowedHeaders.includes(name)) continue;
    const suggestion = suggest(name, [...names("header"), ...HEADER_SUGGESTIONS]);
    report("unknown-request-header", `a header of the contract or of HTTP${suggestion}`, name, entry.pointer);
  }
  checkCredentials(entry, request.headers.get("authorization"), report);
  checkMediaType(entry, request, report);
  return violations;
}

/**
 * Checks the JSON body of a request.
 *
 * @returns what is wrong, and the JSON pointers of what the consumer sends
 */
export function checkRequestBody(
  contract: Contract,
  entry: ContractEntry,
  text: string,
): { readonly violations: readonly Violation[]; readonly pointers: readonly string[] } {
  const { violations, report } = violationsOf(entry);
  const pointer = `${entry.pointer}/requestBody/content/${escapeToken(JSON_TYPE)}/schema`;
  const body = jsonIn(text);
  if (body === undefined) {
    report("invalid-request-body", "valid JSON", text.slice(0, MAX_RECEIVED), pointer);
    return { violations, pointers: [] };
  }
  const validate = contract.validatorAt(pointer);
  const root = SchemaPlace.root(contract, pointer);
  const pointers = pointersIn(body, root);
  if (validate(body)) return { violations, pointers };
  const { instancePath = "", message = "", keyword, params } = validate.errors?.[0] ?? {};
  const at = instancePath || "the body";
  const place = root.descend(instancePath, body);
  const extra: unknown = params?.["additionalProperty"];
  const expected =
    keyword === "additionalProperties" && typeof extra === "string"
      ? `${at} must have no property ${extra}${suggest(extra, place.names())}`
      : `${at} ${message}`;
  const received = JSON.stringify(valueAt(body, instancePath)) ?? "undefined";
  report("invalid-request-body", expected, received.slice(0, MAX_RECEIVED), place.contractPointer);
  return { violations, pointers };
}

/** Returns the parameters of an operation, with the place of each. */
export function parametersOf(contract: Contract, entry: ContractEntry): PlacedParameter[] {
  const pathPointer = `/paths/${escapeToken(entry.path)}`;
  const item = contract.document.paths?.[entry.path];
  const own = Object(item)[entry.method.toLowerCase()]?.parameters ?? [];
  const placed = (list: readonly (OpenAPIV3_1.ParameterObject | OpenAPIV3_1.ReferenceObject)[], at: string) =>
    list.map((each, index) => ({
      parameter: contract.resolve<OpenAPIV3_1.ParameterObject>(each),
      pointer: "$ref" in each ? each.$ref.replace(/^#/, "") : `${at}/parameters/${index}`,
    }));
  return [...placed(item?.parameters ?? [], pathPointer), ...placed(own, entry.pointer)];
}

function checkParameter(
  contract: Contract,
  { parameter, pointer }: PlacedParameter,
  values: readonly string[],
  report: Report,
  isSecret = false,
): void {
  const code = "invalid-request-parameter";
  const { name, required = false } = parameter;
  const [value] = values;
  if (value === undefined) {
    if (required) report(code, `the ${parameter.in} parameter ${name}`, "no such parameter", pointer);
    return;
  }
  if (values.length > 1) report(code, `${name} once`, `${values.length} times`, pointer);
  const received = isSecret ? `${value.length} characters` : `${name}=${value}`.slice(0, MAX_RECEIVED);
  const validate = contract.validatorAt(`${pointer}/schema`);
  const isNumber = /^-?\d/.test(value);
  if (validate(value) || (isNumber && validate(Number(value)))) return;
  const [error] = validate.errors ?? [];
  report(code, `${name} ${error?.message ?? ""}`.trimEnd(), received, pointer);
}

function checkCredentials(entry: ContractEntry, authorization: string | null, report: Report): void {
  const code = "invalid-request-credentials";
  const pointer = `${entry.pointer}/security`;
  if (!entry.isAuthenticated) {
    if (authorization !== null) report(code, "no Authorization", "an Authorization header", pointer);
  } else if (authorization === null) report(code, "HTTP Basic authentication", "no Authorization", "/security");
  else if (!/^basic ./i.test(authorization)) {
    report(code, "HTTP Basic authentication", `the scheme ${authorization.split(" ")[0]?.slice(0, 20)}`, "/security");
  }
}

function checkMediaType(entry: ContractEntry, { headers, hasBody }: SentRequest, report: Report): void {
  const code = "wrong-request-media-type";
  const pointer = `${entry.pointer}/requestBody`;
  const expected = Object.keys(entry.requestSchemas);
  const mediaType = mediaTypeOf(headers);
  if (expected.length === 0) {
    if (hasBody) report(code, "no body", `a body of ${mediaType ?? "no media type"}`, entry.pointer);
  } else if (!hasBody) report(code, `a body of ${expected.join(" or ")}`, "no body", pointer);
  else if (mediaType === undefined || !expected.includes(mediaType)) {
    report(code, `Content-Type: ${expected.join(" or ")}`, mediaType ?? "no Content-Type", pointer);
  }
}

/** Whether a request has a JSON body that its operation documents. Other bodies are uploads, which are never read. */
export function hasJsonBody(entry: ContractEntry, { headers, hasBody }: SentRequest): boolean {
  return hasBody && JSON_TYPE in entry.requestSchemas && mediaTypeOf(headers) === JSON_TYPE;
}

function mediaTypeOf(headers: Headers): string | undefined {
  return headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
}

function violationsOf(entry: ContractEntry) {
  const violations: Violation[] = [];
  const report: Report = (code, expected, received, pointer) =>
    violations.push({ code, operationId: entry.id, expected, received, source: { kind: "contract", pointer } });
  return { violations, report };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
