import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { ClientOptions } from "../../src/connection/client-options.ts";
import { connectionWith } from "../../src/connection/connection.ts";
import type { Environment } from "../../src/connection/environment.ts";
import { type RunImportOptions, runImport } from "../../src/imports/run-import.ts";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { mapping } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";

export const storeId = "mem_store_00000000000000000000000000";
export const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
/** The signature in the upload URL, which must not appear in any output. */
export const token = "1773138600.9.s3cret-signature";

interface Script {
  /** How many of the first polls return a 503. */
  readonly failedPolls?: number;
  /** The `Retry-After` of these polls, in seconds. */
  readonly retryAfter?: number;
  /** The statuses of the other polls. The last one repeats. */
  readonly statuses?: readonly unknown[];
  /** `null` for none. */
  readonly summary?: { readonly errors?: number; readonly warnings?: number } | null;
  /** What happens to each upload. Further uploads are accepted. */
  readonly uploads?: readonly Upload[];
  readonly holdsCreate?: boolean;
}

/** An upload gets no response, is cut off after a number of bytes, or gets a response: after its body was read, or before. */
type Upload = "hold" | { readonly resetAfter: number } | { readonly status: number; readonly isUnread?: true };

interface ReceivedUpload {
  readonly headers: IncomingHttpHeaders;
  /** Bytes. */
  received: number;
}

const errorBody = { code: 20000, message: "Rejected.", more_info: "https://example.com", status: 500 };

/** An HTTP server for imports that follows the script of each test, and records what it receives. */
export async function importService() {
  const creates: { filename: string; fileSize: number; columnMappings: unknown }[] = [];
  const uploads: ReceivedUpload[] = [];
  let polls = 0;
  let script: Script = {};

  const server = createServer(async (request, response) => {
    if (request.method === "PUT") return receive(request, response);
    if (request.method === "GET") return respondToPoll(response);
    creates.push(JSON.parse(await text(request)));
    if (script.holdsCreate) return;
    const url = `http://${request.headers.host}/uploads/${importId}?token=${token}`;
    respond(response, 201, { importId, url });
  });

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const upload: ReceivedUpload = { headers: request.headers, received: 0 };
    const behavior = (script.uploads ?? [])[uploads.push(upload) - 1] ?? { status: 200 };
    request.on("error", () => {});
    if (behavior === "hold") return;
    if ("status" in behavior && behavior.isUnread) {
      respond(response, behavior.status, errorBody);
      return;
    }
    request.on("data", ({ length }) => {
      upload.received += length;
      if ("resetAfter" in behavior && upload.received >= behavior.resetAfter) request.socket.resetAndDestroy();
    });
    request.on("end", () => {
      if ("status" in behavior) respond(response, behavior.status, behavior.status === 200 ? undefined : errorBody);
    });
  }

  function respondToPoll(response: ServerResponse): void {
    const { failedPolls = 0, retryAfter, statuses = ["COMPLETED"], summary = { errors: 0, warnings: 0 } } = script;
    const index = polls++ - failedPolls;
    if (index < 0) {
      if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
      respond(response, 503, errorBody);
      return;
    }
    const status = statuses[Math.min(index, statuses.length - 1)];
    const rest = { filename: "a.csv", createdAt: "2026-01-01T00:00:00Z", ...(summary && { summary }) };
    respond(response, 200, { status, ...rest });
  }

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const url = `http://127.0.0.1:${address.port}`;
  const connect = (environment: Environment = eagerEnvironment(), options: ClientOptions = {}) =>
    connectionWith(environment, { baseUrl: url, credentials: { apiKey: "key", apiSecret: "secret" }, ...options });
  return {
    url,
    creates,
    uploads,
    polls: () => polls,
    /** Forgets the requests so far, and follows this script from now on. */
    behave(next: Script = {}) {
      script = next;
      polls = 0;
      creates.length = 0;
      uploads.length = 0;
    },
    /** Returns a connection to this service. */
    connect,
    /** Runs an import on this service. */
    run: (source: ImportSource, options: Partial<RunImportOptions> = {}, connection = connect()) =>
      runImport(connection, storeId, source, { mapping, ...options }),
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}

function respond(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
