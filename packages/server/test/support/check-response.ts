import { openapi } from "@memory-api/spec";
import { type OperationId, operations } from "@memory-api/types";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";

/** A response, and the parts of its request that determine the operation. */
export interface Exchange {
  readonly method: string;
  /** Path and query, beginning with a slash. */
  readonly target: string;
  readonly status: number;
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty if there is no body. */
  readonly body: string;
}

const PREFIX = "openapi.json";

/** Headers that any HTTP response may have, and the request ID of the server. */
const TRANSPORT = ["connection", "content-length", "content-type", "date", "keep-alive", "transfer-encoding"];
/** Described in `info`. */
const OF_DEPRECATED_OPERATIONS = ["deprecation", "sunset"];
const UNDOCUMENTED = new Set([...TRANSPORT, ...OF_DEPRECATED_OPERATIONS, "x-request-id"]);

/** Statuses without an operation, which the contract describes in `info`. A 405 has an `Allow` header. */
const WITHOUT_OPERATION = [400, 401, 404, 405, 429, 500, 503];

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
ajvFormats.default(ajv);
ajv.addVocabulary(["x-decision", "x-deprecation", "x-extensible-enum", ...Object.keys(openapi)]);
ajv.addSchema(withClosedObjects(openapi), PREFIX);

/**
 * Checks the status, headers and body of a response against the contract. Undocumented headers and properties are faults.
 *
 * @returns the faults, one sentence each; empty for a valid response
 */
export function responseFaults(exchange: Exchange): string[] {
  const id = operationOf(exchange);
  if (id === undefined) return faultsWithoutOperation(exchange);
  const { path, method } = operations[id];
  const place = `#/paths/${fragment(path)}/${method.toLowerCase()}/responses/${exchange.status}`;
  const found = resolve(place);
  if (found === undefined) return [`${id} documents no ${exchange.status}`];
  return [...headerFaults(found, exchange), ...bodyFaults(found, exchange)].map(
    (fault) => `${id} ${exchange.status}: ${fault}`,
  );
}

/** The operation of a request, by its method and path. A literal path takes precedence over a templated one. */
export function operationOf({ method, target }: Pick<Exchange, "method" | "target">): OperationId | undefined {
  const [pathname = ""] = target.split("?");
  const fitting = Object.values(operations).filter(({ path }) => patternOf(path).test(pathname));
  const literal = fitting.find(({ path }) => !path.endsWith("}"));
  return fitting.find((operation) => operation.method === method && operation.path === (literal ?? operation).path)?.id;
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]*")}$`);
}

function faultsWithoutOperation({ method, status, headers, body }: Exchange): string[] {
  const faults = [];
  if (!WITHOUT_OPERATION.includes(status)) faults.push(`${status} without an operation`);
  if ((status === 405) !== "allow" in headers) faults.push(`${status} with allow: ${headers["allow"]}`);
  // A response to HEAD has no body.
  return method === "HEAD"
    ? faults
    : [...faults, ...jsonFaults("#/components/schemas/ErrorBody", status, headers, body)];
}

interface Found {
  readonly pointer: string;
  readonly node: object;
}

function headerFaults({ pointer, node }: Found, { headers }: Exchange): string[] {
  const documented = Object.keys(Object(Reflect.get(node, "headers")));
  const known = new Set(documented.map((name) => name.toLowerCase()));
  const unknown = Object.keys(headers).filter((name) => !known.has(name) && !UNDOCUMENTED.has(name));
  return [
    ...unknown.map((name) => `the header ${name} is not documented`),
    ...documented.flatMap((name) => {
      const header = resolve(`${pointer}/headers/${fragment(name)}`);
      const value = headers[name.toLowerCase()];
      const { required, schema } = Object(header?.node);
      if (value === undefined) return required ? [`the header ${name} is missing`] : [];
      // Header values are text, so a value with an integer schema is converted.
      const read = Object(schema).type === "integer" ? Number(value) : value;
      return misfits(`${header?.pointer}/schema`, read).map((misfit) => `the header ${name}${misfit}`);
    }),
  ];
}

function bodyFaults({ pointer, node }: Found, { status, headers, body }: Exchange): string[] {
  const isJson = "application/json" in Object(Reflect.get(node, "content"));
  if (isJson) return jsonFaults(`${pointer}/content/application~1json/schema`, status, headers, body);
  return [
    ...(body === "" ? [] : ["there is a body"]),
    ...("content-type" in headers ? ["there is a content type"] : []),
  ];
}

function jsonFaults(schema: string, status: number, headers: Exchange["headers"], body: string): string[] {
  const type = headers["content-type"];
  if (type !== "application/json; charset=utf-8") return [`the content type is ${type}`];
  const length = headers["content-length"];
  const isCut = length !== undefined && Number(length) !== Buffer.byteLength(body);
  const value: unknown = JSON.parse(body);
  const wrongStatus = status >= 400 && Object(value).status !== status;
  return [
    ...(isCut ? [`the body is not ${length} bytes long`] : []),
    ...(wrongStatus ? [`the body names another status, ${Object(value).status}`] : []),
    ...misfits(schema, value).map((misfit) => `the body${misfit}`),
  ];
}

function misfits(pointer: string, value: unknown): string[] {
  const validate = ajv.getSchema(PREFIX + pointer);
  if (validate === undefined) throw new Error(`The contract has no schema at ${pointer}.`);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath} ${message} ${JSON.stringify(params)}`;
  });
}

/** Response schemas are open, because properties may be added later. This server returns only documented properties. */
function withClosedObjects(contract: object): object {
  return JSON.parse(JSON.stringify(contract), (_name, value) => {
    const isOpen = Object(value).type === "object" && "properties" in value && !("additionalProperties" in value);
    return isOpen ? { ...value, additionalProperties: false } : value;
  });
}

/** Resolves a JSON pointer, following references; `undefined` if it points to nothing. */
function resolve(pointer: string): Found | undefined {
  const node = pointer
    .slice(2)
    .split("/")
    .map((token) => decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((parent, key) => Object(parent)[key], openapi);
  const { $ref } = Object(node);
  if (typeof $ref === "string") return resolve($ref);
  return typeof node === "object" && node !== null ? { pointer, node } : undefined;
}

function fragment(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}
