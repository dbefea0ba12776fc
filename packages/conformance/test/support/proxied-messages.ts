import { type OperationId, operations } from "@memory-api/types";

type Headers = readonly (readonly [name: string, value: string])[];

/** What a request is changed to. `Content-Length` follows the body. */
export interface RequestChanges {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Headers;
  readonly body?: string | Buffer;
}

/** A request as the proxy received it. */
export class ProxiedRequest {
  readonly method: string;
  /** Path and query, with a leading slash. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Buffer;
  /** The operation of the contract; `undefined` for an unknown route or method. */
  readonly operation: OperationId | undefined;
  /** Path parameters by name. */
  readonly path: Readonly<Record<string, string>>;

  constructor(method: string, target: string, headers: Headers, body: Buffer) {
    this.method = method;
    this.target = target;
    this.headers = headers;
    this.body = body;
    const found = routeOf(method, target.split("?")[0] ?? "");
    this.operation = found?.id;
    this.path = found?.path ?? {};
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.target.split("?")[1] ?? "");
  }

  /** `undefined` if the body is not valid JSON. */
  get json(): unknown {
    return parse(this.body);
  }

  /** The traits of the group `Contact` that the body contains. */
  get contact(): Readonly<Record<string, unknown>> {
    return Object(Object(Object(this.json).traits).Contact);
  }

  header(name: string): string | undefined {
    return firstOf(this.headers, name);
  }

  with({ method = this.method, target = this.target, headers = this.headers, body }: RequestChanges) {
    if (body === undefined) return new ProxiedRequest(method, target, headers, this.body);
    const bytes = Buffer.from(body);
    const isChunked = firstOf(headers, "transfer-encoding") !== undefined;
    const sized = isChunked ? headers : replaced(headers, "Content-Length", String(bytes.length));
    return new ProxiedRequest(method, target, sized, bytes);
  }

  withJson(json: unknown): ProxiedRequest {
    return this.with({ body: JSON.stringify(json) });
  }

  /** Replaces traits of the group `Contact`. A trait that is `undefined` is removed. */
  withContact(traits: Readonly<Record<string, unknown>>): ProxiedRequest {
    const { traits: groups, ...rest } = Object(this.json);
    return this.withJson({ ...rest, traits: { ...groups, Contact: { ...this.contact, ...traits } } });
  }

  withHeader(name: string, value: string | undefined): ProxiedRequest {
    return this.with({ headers: replaced(this.headers, name, value) });
  }

  withQuery(name: string, value: string | undefined): ProxiedRequest {
    const query = this.query;
    if (value === undefined) query.delete(name);
    else query.set(name, value);
    return this.with({ target: `${this.target.split("?")[0]}${query.size > 0 ? `?${query}` : ""}` });
  }

  /** A request for another resource with the same credentials and without a body. */
  sibling(method: string, target: string): ProxiedRequest {
    const kept = this.headers.filter(([name]) => /^(host|authorization)$/i.test(name));
    return new ProxiedRequest(method, target, kept, Buffer.alloc(0));
  }
}

/** A response that the proxy sends. */
export class ProxiedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;

  constructor(status: number, headers: Headers = [], body: Buffer = Buffer.alloc(0)) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** `undefined` if the body is not valid JSON. */
  get json(): unknown {
    return parse(this.body);
  }

  header(name: string): string | undefined {
    return firstOf(this.headers, name);
  }

  withStatus(status: number): ProxiedResponse {
    return new ProxiedResponse(status, this.headers, this.body);
  }

  withHeader(name: string, value: string | undefined): ProxiedResponse {
    return new ProxiedResponse(this.status, replaced(this.headers, name, value), this.body);
  }

  withBody(text: string, mediaType?: string): ProxiedResponse {
    const body = Buffer.from(text);
    const headers = replaced(this.headers, "Content-Length", String(body.length));
    return new ProxiedResponse(
      this.status,
      mediaType === undefined ? headers : replaced(headers, "Content-Type", mediaType),
      body,
    );
  }

  /** Replaces properties of the JSON body. A property that is `undefined` is removed. */
  withProperties(properties: Readonly<Record<string, unknown>>): ProxiedResponse {
    return this.withBody(JSON.stringify({ ...Object(this.json), ...properties }));
  }

  withoutBody(): ProxiedResponse {
    return this.withBody("").withHeader("Content-Type", undefined);
  }
}

/** The traits of the group `Contact` in a fetched profile. */
export function contactOf({ json }: ProxiedResponse): Record<string, unknown> {
  return Object(Object(Object(json).traits).Contact);
}

/** The items of a batch. */
export function itemsOf({ json }: ProxiedRequest): unknown[] {
  const { profiles } = Object(json);
  return Array.isArray(profiles) ? profiles : [];
}

/** The IDs on a page. */
export function profilesOf({ json }: ProxiedResponse): string[] {
  const { profiles } = Object(json);
  return Array.isArray(profiles) ? profiles : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function jsonResponse(status: number, body: unknown): ProxiedResponse {
  return new ProxiedResponse(status).withBody(JSON.stringify(body), "application/json; charset=utf-8");
}

/** The body of a response as JSON with other values. */
export function withJson(
  response: ProxiedResponse,
  change: (json: Record<string, unknown>) => unknown,
): ProxiedResponse {
  return response.withBody(JSON.stringify(change(Object(response.json))));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function firstOf(headers: Headers, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
}

function replaced(headers: Headers, wanted: string, value: string | undefined): Headers {
  const others = headers.filter(([name]) => name.toLowerCase() !== wanted.toLowerCase());
  return value === undefined ? others : [...others, [wanted, value]];
}

/** Literal paths come before templated ones. */
const ROUTES = Object.values(operations)
  .toSorted((one, other) => one.path.split("{").length - other.path.split("{").length)
  .map(({ id, method, path }) => ({
    id,
    method,
    pattern: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
  }));

function routeOf(method: string, pathname: string) {
  const found = ROUTES.filter(({ pattern }) => pattern.test(pathname));
  // The path of a batch also matches the template of a profile.
  const isLiteral = /\/(Bulk|Imports)$/.test(pathname);
  const route = found.find(
    (each) => each.method === method && !(isLiteral && each.pattern.source.includes("profileId")),
  );
  return route && { id: route.id, path: { ...route.pattern.exec(pathname)?.groups } };
}
