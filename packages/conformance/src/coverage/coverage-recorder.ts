import type { OperationId } from "@memory-api/types";
import type { Contract, ContractEntry } from "../contract/contract.ts";
import { escapeToken } from "../contract/contract.ts";
import { type Exchange, type HttpRequest, mediaTypeOf } from "../http/exchange.ts";
import { type Coverage, type NotProvoked, type OperationCoverage, summarize } from "./coverage.ts";
import { KeywordCoverage } from "./keyword-coverage.ts";
import { provokedBy } from "./provoked-by.ts";

const JSON_TYPE = "application/json";

/** A response with one of these says nothing about the values of its request, because an earlier check rejected it. */
const REJECTED_EARLIER = [401, 403, 429, 500, 503];
/** Without credentials, a 403 is the result of a value: a signature. */
const REJECTED_EARLIER_WITHOUT_CREDENTIALS = [429, 500, 503];

interface Counted {
  valid: number;
  invalid: number;
}

interface Parameter extends Counted {
  readonly name: string;
  readonly in: string;
  readonly isRequired: boolean;
  readonly isValid: (text: string) => boolean;
}

/** Counts the documented responses, and the rules that requests follow and break. */
export class CoverageRecorder {
  readonly #contract: Contract;
  readonly #operations: ReadonlyMap<OperationId, OperationRecorder>;

  constructor(contract: Contract) {
    this.#contract = contract;
    this.#operations = new Map(
      [...contract.operations.values()].map((entry) => [entry.id, new OperationRecorder(contract, entry)]),
    );
  }

  record(id: OperationId | undefined, exchange: Exchange): void {
    if (id !== undefined) this.#operations.get(id)?.record(exchange);
  }

  result(): Coverage {
    const operations = [...this.#operations.values()].map((each) => each.result());
    return { ...summarize(operations), notProvoked: operations.flatMap((each) => this.#notProvoked(each)) };
  }

  #notProvoked({ operationId, responses }: OperationCoverage): NotProvoked[] {
    const { pointer } = this.#contract.operation(operationId);
    return responses
      .filter(({ count }) => count === 0)
      .map(({ status, mediaType }) => {
        const { value } = this.#contract.locate(`${pointer}/responses/${status}`);
        const cause = provokedBy(status, String(Object(value).description));
        return { operationId, status, ...(mediaType !== undefined && { mediaType }), provokedBy: cause };
      });
  }
}

class OperationRecorder {
  readonly #entry: ContractEntry;
  readonly #path: RegExp;
  readonly #responses: { readonly status: string; readonly mediaType?: string; count: number }[];
  readonly #mediaTypes: (Counted & { readonly mediaType: string })[];
  readonly #parameters: readonly Parameter[];
  readonly #keywords: KeywordCoverage | undefined;
  #requests = 0;

  constructor(contract: Contract, entry: ContractEntry) {
    this.#entry = entry;
    this.#path = templatePattern(entry.path);
    this.#responses = Object.entries(entry.responses).flatMap(([status, { content }]) => {
      const mediaTypes = Object.keys(content);
      return mediaTypes.length === 0
        ? [{ status, count: 0 }]
        : mediaTypes.map((mediaType) => ({ status, mediaType, count: 0 }));
    });
    this.#mediaTypes = Object.keys(entry.requestSchemas).map((mediaType) => ({ mediaType, valid: 0, invalid: 0 }));
    this.#parameters = parametersOf(contract, entry);
    const body = contract.locate(`${entry.pointer}/requestBody`).pointer;
    const schema = `${body}/content/${escapeToken(JSON_TYPE)}/schema`;
    this.#keywords = Object.hasOwn(entry.requestSchemas, JSON_TYPE) ? new KeywordCoverage(contract, schema) : undefined;
  }

  record({ request, response }: Exchange): void {
    this.#requests++;
    const received = mediaTypeOf(response);
    for (const each of this.#responses) {
      if (each.status !== String(response.status)) continue;
      if (each.mediaType === undefined || each.mediaType === received) each.count++;
    }
    const rejectedEarlier = this.#entry.isAuthenticated ? REJECTED_EARLIER : REJECTED_EARLIER_WITHOUT_CREDENTIALS;
    if (!rejectedEarlier.includes(response.status)) this.#recordRequest(request);
  }

  result(): OperationCoverage {
    return {
      operationId: this.#entry.id,
      requests: this.#requests,
      responses: this.#responses.map((each) => ({ ...each })),
      mediaTypes: this.#mediaTypes.map((each) => ({ ...each })),
      parameters: this.#parameters.map(({ name, in: place, valid, invalid }) => ({ name, in: place, valid, invalid })),
      keywords: this.#keywords?.result() ?? [],
    };
  }

  #recordRequest(request: HttpRequest): void {
    const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
    const path = url && this.#path.exec(url.pathname)?.groups;
    for (const parameter of this.#parameters) {
      const values = valuesOf(parameter, request, url, path);
      // Without a match, the path is not that of the contract, such as a pre-signed URL of another host.
      if (values.length === 0 && parameter.isRequired && parameter.in !== "path") parameter.invalid++;
      for (const value of values) parameter[parameter.isValid(value) ? "valid" : "invalid"]++;
    }
    if (request.body === undefined) return;
    const sent = headerValues(request, "content-type")[0]?.split(";")[0]?.trim().toLowerCase();
    const isDocumented = this.#mediaTypes.some(({ mediaType }) => mediaType === sent);
    for (const each of this.#mediaTypes) {
      if (each.mediaType === sent) each.valid++;
      else if (!isDocumented) each.invalid++;
    }
    if (sent === JSON_TYPE) this.#recordBody(request.body);
  }

  #recordBody(body: string | Uint8Array): void {
    let value: unknown;
    try {
      value = JSON.parse(typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true }).decode(body));
    } catch {
      return;
    }
    this.#keywords?.record(value);
  }
}

function parametersOf(contract: Contract, { pointer, path }: ContractEntry): Parameter[] {
  return [`/paths/${escapeToken(path)}/parameters`, `${pointer}/parameters`].flatMap((list) =>
    Object.keys(Object(contract.locate(list).value)).map((index) => {
      const found = contract.locate(`${list}/${index}`);
      const { name, in: place, required } = Object(found.value);
      const validate: (value: unknown) => boolean = contract.validatorAt(`${found.pointer}/schema`);
      const isValid = (text: string) => validate(text) || (text.trim() !== "" && validate(Number(text)));
      return { name: String(name), in: String(place), isRequired: required === true, isValid, valid: 0, invalid: 0 };
    }),
  );
}

function valuesOf(
  parameter: Parameter,
  request: HttpRequest,
  url: URL | undefined,
  path: Readonly<Record<string, string>> | undefined,
): readonly string[] {
  if (parameter.in === "query") return url?.searchParams.getAll(parameter.name) ?? [];
  if (parameter.in === "header") return headerValues(request, parameter.name.toLowerCase());
  const value = path?.[parameter.name];
  return value === undefined ? [] : [decode(value)];
}

function headerValues({ headers }: HttpRequest, name: string): string[] {
  return Object.entries(headers).flatMap(([key, value]) => (key.toLowerCase() === name ? value : []));
}

/** Matches the end of a path, because a base URL can have a path of its own. */
function templatePattern(template: string): RegExp {
  const source = template
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 0 ? part.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&") : `(?<${part}>[^/]*)`))
    .join("");
  return new RegExp(`${source}$`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
