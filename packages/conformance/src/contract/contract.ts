import { readFileSync } from "node:fs";
import { type ContractOperation, contract as identity, openapi, operationsOf } from "@memory-api/spec";
import type { OperationId } from "@memory-api/types";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { OpenAPIV3_1 } from "openapi-types";
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { type ErrorTable, readErrorTable } from "./error-table.ts";

/** The bodies that the contract documents for a status. */
export interface DocumentedResponse {
  /** JSON pointer into the contract. */
  readonly pointer: string;
  readonly headers: readonly {
    readonly name: string;
    readonly isRequired: boolean;
    readonly pointer: string;
    readonly validate: ValidateFunction;
  }[];
  /** By media type. Empty if the response has no body. */
  readonly content: Readonly<Record<string, { readonly pointer: string; readonly validate: ValidateFunction }>>;
}

/** An operation, with everything that a response is checked against. */
export interface ContractEntry {
  readonly id: OperationId;
  readonly method: string;
  /** The path template. */
  readonly path: string;
  /** JSON pointer into the contract. */
  readonly pointer: string;
  readonly parameters: readonly OpenAPIV3_1.ParameterObject[];
  /** Schema of the request body by media type. */
  readonly requestSchemas: Readonly<Record<string, OpenAPIV3_1.SchemaObject>>;
  readonly isAuthenticated: boolean;
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

const DOCUMENT = "memory-api";
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json$/;

let installed: Contract | undefined;

/** The contract of the installed `@memory-api/spec`. Its schemas are compiled once for each process. */
export function installedContract(): Contract {
  installed ??= new Contract();
  return installed;
}

/** The contract of this package's version. Every schema is compiled when it is loaded, so that none can be skipped silently. */
export class Contract {
  readonly version = identity.version;
  readonly document: OpenAPIV3_1.Document;
  readonly operations: ReadonlyMap<OperationId, ContractEntry>;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  /** The error codes of the contract. */
  readonly errorTable: ErrorTable = readErrorTable(openapi.info.description ?? "");
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #times = new Map<string, readonly string[]>();
  #lines: ((pointer: string) => number | undefined) | undefined;

  /** @throws {Error} if a schema of the contract does not compile, or a response has a media type that cannot be checked */
  constructor(document: OpenAPIV3_1.Document = openapi) {
    this.document = document;
    formats.default(this.#ajv);
    this.#ajv.addSchema({ $id: DOCUMENT, ...Object(document) });
    this.operations = new Map(operationsOf(document).map((found) => [idOf(found), this.#entryOf(found)]));
  }

  operation(id: OperationId): ContractEntry {
    const found = this.operations.get(id);
    if (found === undefined) throw new Error(`The contract has no operation ${id}.`);
    return found;
  }

  /** Follows a `$ref`, if the object is one. */
  resolve<Resolved extends object>(object: Resolved | OpenAPIV3_1.ReferenceObject): Resolved {
    return this.#follow(object, "").object;
  }

  /** The value at a JSON pointer into the contract, after every `$ref`, and the pointer of that value. */
  locate(pointer: string): { readonly pointer: string; readonly value: unknown } {
    const value = valueAt(this.document, pointer);
    if (typeof value !== "object" || value === null) return { pointer, value };
    const found = this.#follow(value, pointer);
    return { pointer: found.pointer, value: found.object };
  }

  /** Compiles the schema at a JSON pointer into the contract. */
  validatorAt(pointer: string): ValidateFunction {
    const known = this.#validators.get(pointer);
    if (known !== undefined) return known;
    const fragment = pointer.split("/").map(encodeURIComponent).join("/");
    const validate = this.#ajv.compile({ $ref: `${DOCUMENT}#${fragment}` });
    this.#validators.set(pointer, validate);
    return validate;
  }

  /** The names of the properties of an object whose values are times, by the pointer of its schema. */
  timesOf(pointer: string): readonly string[] {
    const known = this.#times.get(pointer);
    if (known !== undefined) return known;
    const schema = this.resolve<OpenAPIV3_1.SchemaObject>(Object(valueAt(openapi, pointer)));
    const times = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      this.resolve<OpenAPIV3_1.SchemaObject>(property).format === "date-time" ? [name] : [],
    );
    this.#times.set(pointer, times);
    return times;
  }

  /** @returns the line of `@memory-api/spec/openapi.yaml` that a JSON pointer names, from 1; `undefined` if there is none */
  lineOf(pointer: string): number | undefined {
    this.#lines ??= linesOf(readFileSync(new URL(import.meta.resolve("@memory-api/spec/openapi.yaml")), "utf8"));
    return this.#lines(pointer);
  }

  #entryOf({ id, path, method, pathItem, operation }: ContractOperation): ContractEntry {
    const pointer = `/paths/${escapeToken(path)}/${method}`;
    const body = operation.requestBody && this.resolve<OpenAPIV3_1.RequestBodyObject>(operation.requestBody);
    const schemas = Object.entries(body?.content ?? {}).flatMap(([mediaType, { schema }]) =>
      schema === undefined ? [] : [[mediaType, schema as OpenAPIV3_1.SchemaObject]],
    );
    return {
      id: idOf({ id }),
      method: method.toUpperCase(),
      path,
      pointer,
      parameters: [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
        this.resolve<OpenAPIV3_1.ParameterObject>(parameter),
      ),
      requestSchemas: Object.fromEntries(schemas),
      isAuthenticated: (operation.security ?? this.document.security ?? []).length > 0,
      responses: Object.fromEntries(
        Object.entries(operation.responses ?? {}).map(([status, response]) => [
          status,
          this.#responseOf(response, `${pointer}/responses/${status}`),
        ]),
      ),
    };
  }

  #responseOf(response: OpenAPIV3_1.ReferenceObject | OpenAPIV3_1.ResponseObject, at: string): DocumentedResponse {
    const { object, pointer } = this.#follow<OpenAPIV3_1.ResponseObject>(response, at);
    const headers = Object.entries(object.headers ?? {}).map(([name, header]) => {
      const found = this.#follow<OpenAPIV3_1.HeaderObject>(header, `${pointer}/headers/${escapeToken(name)}`);
      return {
        name,
        isRequired: found.object.required === true,
        pointer: found.pointer,
        validate: this.validatorAt(`${found.pointer}/schema`),
      };
    });
    const content = Object.entries(object.content ?? {}).map(([mediaType, { schema: declared }]) => {
      if (!JSON_TYPE.test(mediaType) || declared === undefined) {
        throw new Error(
          `No check validates a body of ${mediaType} at ${pointer}. Bodies must be JSON, and have a schema.`,
        );
      }
      const schema = `${pointer}/content/${escapeToken(mediaType)}/schema`;
      return [mediaType, { pointer: schema, validate: this.validatorAt(schema) }];
    });
    return { pointer, headers, content: Object.fromEntries(content) };
  }

  #follow<Resolved extends object>(object: Resolved | OpenAPIV3_1.ReferenceObject, at: string) {
    let pointer = at;
    let found: object = object;
    while ("$ref" in found && typeof found.$ref === "string") {
      pointer = found.$ref.replace(/^#/, "");
      found = Object(valueAt(this.document, pointer));
    }
    return { object: found as Resolved, pointer };
  }
}

function idOf({ id }: Pick<ContractOperation, "id">): OperationId {
  return id as OperationId;
}

/** Escapes a token of a JSON pointer (RFC 6901). */
export function escapeToken(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}

function tokensOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** @returns the value at a JSON pointer; `undefined` if there is none */
export function valueAt(document: unknown, pointer: string): unknown {
  return tokensOf(pointer).reduce<unknown>((value, token) => Object(value)[token], document);
}

function linesOf(text: string): (pointer: string) => number | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  return (pointer) => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const token of tokensOf(pointer)) {
      if (isSeq(node)) {
        node = node.items[Number(token)];
        offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
        continue;
      }
      if (!isMap(node)) return undefined;
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === token);
      if (pair === undefined || !isScalar(pair.key)) return undefined;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    }
    return lineCounter.linePos(offset).line;
  };
}
