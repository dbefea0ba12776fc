import { checkResponse } from "../checks/response-checks.ts";
import type { Contract, ContractEntry } from "../contract/contract.ts";
import type { Violation } from "../findings/finding.ts";
import { type HttpRequest, type HttpResponse, jsonOf, mediaTypeOf } from "../http/exchange.ts";
import type { UsageRecorder } from "./manifest/usage-recorder.ts";
import { type FoundOperation, findOperation, type KnownPath } from "./request/find-operation.ts";
import {
  checkRequestBody,
  checkRequestHead,
  hasJsonBody,
  parametersOf,
  unknownOperation,
} from "./request/request-checks.ts";
import { describeRequest, type SentRequest } from "./request/sent-request.ts";
import { expectParse, withoutTracking } from "./response/parsed-texts.ts";
import { trackReads } from "./response/track-reads.ts";
import { trackResponse } from "./response/track-response.ts";
import { SchemaPlace } from "./schema-place.ts";
import { suggest } from "./suggest.ts";
import type { UsageOptions } from "./usage.ts";

/** Reports the violations that an exchange shows. Throws if the consumer chose so. */
export type ReportViolations = (
  violations: readonly Violation[],
  request: HttpRequest,
  response?: HttpResponse,
) => void;

/** Statuses that a gateway sends in place of the API. */
const GATEWAY_STATUSES = [502, 504];

const SECRET_HEADERS = ["authorization", "cookie", "proxy-authorization"];

/** Checks and records the requests of a consumer. */
export class WatchedFetch {
  readonly #contract: Contract;
  readonly #recorder: UsageRecorder;
  readonly #report: ReportViolations;
  readonly #options: UsageOptions;
  readonly #allowedHeaders: readonly string[];
  /** Paths and queries of the upload URLs in responses. A test may replace the host. */
  readonly #uploadUrls = new Set<string>();

  constructor(contract: Contract, recorder: UsageRecorder, report: ReportViolations, options: UsageOptions) {
    this.#contract = contract;
    this.#recorder = recorder;
    this.#report = report;
    this.#options = options;
    this.#allowedHeaders = (options.allowedHeaders ?? []).map((name) => name.toLowerCase());
  }

  wrap(send: typeof fetch): typeof fetch {
    return async (input, init) => {
      const request = describeRequest(input, init);
      const { method, url } = request;
      if (this.#options.ignore?.({ method, url })) return send(input, init);
      const found = this.#operationOf(request);
      if (!("entry" in found)) {
        this.#report([unknownOperation(this.#contract, request, found)], toHttpRequest(request));
        return send(input, init);
      }
      const sent = await this.#checkRequest(request, found);
      const response = await send(...request.arguments());
      if (typeof Object(response).clone !== "function") {
        throw new TypeError("The wrapped fetch must return a Response. It returned an object without clone().");
      }
      return this.#checkResponse(found, sent, response);
    };
  }

  #operationOf(request: SentRequest): (FoundOperation & { isIssuedUrl: boolean; isOpaqueUrl: boolean }) | KnownPath {
    const { method, url } = request;
    const { basePath = "" } = this.#options;
    const isIssuedUrl = method === "PUT" && this.#uploadUrls.has(`${url.pathname}${url.search}`);
    const isBelow = url.pathname.startsWith(`${basePath}/`);
    const pathname = isBelow ? url.pathname.slice(basePath.length) : "";
    const found = findOperation(this.#contract, method, pathname);
    if ("entry" in found) return { ...found, isIssuedUrl, isOpaqueUrl: false };
    if (!isIssuedUrl) return found;
    return { entry: this.#contract.operation("uploadImportFile"), path: {}, isIssuedUrl, isOpaqueUrl: true };
  }

  async #checkRequest(
    request: SentRequest,
    found: FoundOperation & { readonly isIssuedUrl: boolean; readonly isOpaqueUrl: boolean },
  ): Promise<HttpRequest> {
    const { entry, isIssuedUrl, isOpaqueUrl } = found;
    const allowedHeaders = this.#allowedHeaders;
    const violations = checkRequestHead(this.#contract, request, found, { allowedHeaders, isOpaqueUrl });
    const text = hasJsonBody(entry, request) ? await request.text() : undefined;
    const sent = toHttpRequest(request, entry, text);
    const recorded = this.#recorder.operation(entry.id);
    if (text !== undefined) {
      const body = withoutTracking(() => checkRequestBody(this.#contract, entry, text));
      violations.push(...body.violations);
      for (const pointer of body.pointers) recorded.requestBody.add(pointer);
    }
    // The consumer did not choose the parameters of a URL that it received.
    const parameters = isIssuedUrl ? [] : parametersOf(this.#contract, entry);
    for (const { parameter } of parameters) {
      const { in: place, name } = parameter;
      const isSent =
        place === "path" ||
        (place === "query" && request.url.searchParams.has(name)) ||
        (place === "header" && request.headers.has(name));
      if (isSent) recorded.parameters.add(`${place}/${name}`);
    }
    this.#report(violations, sent);
    return sent;
  }

  async #checkResponse(
    { entry, isOpaqueUrl }: FoundOperation & { readonly isOpaqueUrl: boolean },
    request: HttpRequest,
    response: Response,
  ): Promise<Response> {
    const { status } = response;
    if (response.type === "opaqueredirect" || GATEWAY_STATUSES.includes(status)) return response;
    const recorded = status in entry.responses ? this.#recorder.response(entry.id, status) : undefined;
    if (isOpaqueUrl) return response;
    const received = await toHttpResponse(response);
    // The consumer gets the same error when it reads the body.
    if (received === undefined) return response;
    const violations = withoutTracking(() =>
      checkResponse(this.#contract, entry.id, { request, response: received, ms: 0 }),
    );
    const { url } = Object(entry.id === "createProfilesImportV2" ? withoutTracking(() => jsonOf(received)) : undefined);
    if (typeof url === "string" && URL.canParse(url)) {
      const { pathname, search } = new URL(url);
      this.#uploadUrls.add(`${pathname}${search}`);
    }
    // A test may provoke a 500 to see how the consumer handles it.
    this.#report(
      violations.filter(({ code }) => code !== "server-error"),
      request,
      received,
    );
    if (recorded === undefined) return response;
    if (this.#options.tracksReads === false) recorded.unparsedTexts += received.body.length > 0 ? 1 : 0;
    else this.#track(entry, request, response, received);
    return response;
  }

  #track(entry: ContractEntry, request: HttpRequest, response: Response, received: HttpResponse): void {
    const { status } = response;
    const documented = entry.responses[status];
    const schema = documented?.content[mediaTypeOf(received) ?? ""];
    const recorded = this.#recorder.response(entry.id, status);
    const place = SchemaPlace.root(this.#contract, schema?.pointer);
    const trackBody = (value: unknown) =>
      trackReads(value, place, {
        read: ({ pointer }) => void recorded.reads.add(pointer),
        readUnknown: (parent, name) => {
          const names = parent.names();
          const suggestion = suggest(name, names);
          // Clients look for the error formats of gateways, too, in every response that is not successful.
          if (!response.ok && suggestion === "") return;
          const violation: Violation = {
            code: "unknown-response-property",
            operationId: entry.id,
            expected: `one of ${names.join(", ")}${suggestion}`,
            received: `a read of ${parent.pointer}/${name}`,
            source: { kind: "contract", pointer: parent.contractPointer },
          };
          this.#report([violation], request, received);
        },
      });
    let isTextExpected = false;
    trackResponse(response, {
      parse: (text) => trackBody(withoutTracking(() => JSON.parse(text))),
      readText: () => {
        if (isTextExpected || received.body.length === 0) return;
        isTextExpected = true;
        recorded.unparsedTexts++;
        let isParsed = false;
        expectParse(new TextDecoder().decode(received.body), (value) => {
          if (!isParsed) recorded.unparsedTexts--;
          isParsed = true;
          return trackBody(value);
        });
      },
      readHeader: (name) => {
        for (const header of documented?.headers ?? []) {
          const isRead =
            name === undefined
              ? header.name.toLowerCase() in received.headers
              : name.toLowerCase() === header.name.toLowerCase();
          if (isRead) recorded.headers.add(header.name);
        }
      },
    });
  }
}

/** Removes credentials, and the query of an upload URL, which is one. */
function toHttpRequest({ method, url, headers }: SentRequest, entry?: ContractEntry, body?: string): HttpRequest {
  const isSecret = entry !== undefined && !entry.isAuthenticated && url.search !== "";
  return {
    method,
    url: isSecret ? `${url.origin}${url.pathname}?…` : url.href,
    headers: Object.fromEntries(
      [...headers].map(([name, value]) => [name, SECRET_HEADERS.includes(name) ? "…" : value]),
    ),
    ...(body !== undefined && { body }),
  };
}

/** Reads a copy of a response. @returns `undefined` if the connection breaks before it is complete */
async function toHttpResponse(response: Response): Promise<HttpResponse | undefined> {
  const { status, headers } = response;
  try {
    const body = new Uint8Array(await response.clone().arrayBuffer());
    return { status, headers: Object.fromEntries([...headers].map(([name, value]) => [name, [value]])), body };
  } catch {
    return undefined;
  }
}
