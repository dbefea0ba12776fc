import { openapi } from "@memory-api/spec";
import { type OperationId, operations } from "@memory-api/types";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";

/** An answer, with as much of its request as tells what it may be. */
export interface Exchange {
  readonly method: string;
  /** Path and query, from the slash on. */
  readonly target: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly body: string;
}

const PREFIX = "openapi.json";

/** Headers that every answer over HTTP may have, and the ID that our server gives each request. */
const TRANSPORT = ["connection", "content-length", "content-type", "date", "keep-alive", "transfer-encoding"];
const UNDOCUMENTED = new Set([...TRANSPORT, "x-request-id"]);

/** Where there is no operation, these are the answers that the contract describes in `info`; 405 with `allow`. */
const WITHOUT_OPERATION = [400, 401, 404, 405, 429, 500, 503];

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
ajvFormats.default(ajv);
ajv.addVocabulary(["x-decision", "x-extensible-enum", ...Object.keys(openapi)]);
ajv.addSchema(withClosedObjects(openapi), PREFIX);

/**
 * Holds an answer against the contract: status, headers and body are as it says, nothing is missing and nothing is there that it
 * does not know.
 *
 * @returns what is wrong, a sentence each; empty for a good answer
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

/** The operation that a request asks for, by its method and path. A literal path beats a templated one. */
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
  if (!WITHOUT_OPERATION.includes(status)) faults.push(`no operation, yet ${status}`);
  if ((status === 405) !== "allow" in headers) faults.push(`${status} with allow: ${headers["allow"]}`);
  // An answer to HEAD has no body.
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
      // A header is text; one whose schema says integer is read as a number.
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
    ...(isCut ? [`the body has not ${length} bytes`] : []),
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

/** Schemas of answers are open, since properties may be added to them. Ours has none but those that are documented today. */
function withClosedObjects(contract: object): object {
  return JSON.parse(JSON.stringify(contract), (_name, value) => {
    const isOpen = Object(value).type === "object" && "properties" in value && !("additionalProperties" in value);
    return isOpen ? { ...value, additionalProperties: false } : value;
  });
}

/** What a pointer leads to, through references; `undefined` if there is nothing. */
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
