import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

export const storeId = "mem_store_00000000000000000000000000";
export const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
/** The signature in the upload URL, which must not show anywhere. */
export const token = "1773138600.9.s3cret-signature";

/**
 * What the service does with an upload: lets it wait for ever, breaks off after so many bytes, or answers it, before it has read it
 * or then.
 */
type Upload = "hold" | { readonly resetAfter: number } | { readonly status: number; readonly isUnread?: true };

const refused = { code: 20000, message: "Refused.", more_info: "https://example.com", status: 500 };

interface ReceivedUpload {
  readonly headers: IncomingHttpHeaders;
  /** Bytes that came. */
  received: number;
}

/** A real service of imports that behaves as each test says, and records what it is sent. */
export async function importService() {
  const creates: { filename: string; fileSize: number; columnMappings: unknown }[] = [];
  const uploads: ReceivedUpload[] = [];
  let polls = 0;
  let script: Script = {};

  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      creates.push(JSON.parse(await text(request)));
      if (script.holdsCreate) return;
      return answer(response, 201, {
        importId,
        url: `http://${request.headers.host}/uploads/${importId}?token=${token}`,
      });
    }
    if (request.method === "PUT") return receive(request, response);
    if (polls < (script.failedPolls ?? 0)) {
      polls++;
      return answer(response, 503, refused);
    }
    const statuses = script.statuses ?? ["COMPLETED"];
    const status = statuses[Math.min(polls++ - (script.failedPolls ?? 0), statuses.length - 1)];
    const summary = script.summary === null ? undefined : (script.summary ?? { errors: 0, warnings: 0 });
    answer(response, 200, { status, filename: "a.csv", createdAt: "2026-01-01T00:00:00Z", summary });
  });

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const upload: ReceivedUpload = { headers: request.headers, received: 0 };
    const does = (script.uploads ?? [])[uploads.push(upload) - 1] ?? { status: 200 };
    request.on("error", () => {});
    if (does === "hold") return;
    if ("status" in does && does.isUnread) {
      answer(response, does.status, refused);
      return;
    }
    request.on("data", ({ length }) => {
      upload.received += length;
      if ("resetAfter" in does && upload.received >= does.resetAfter) request.socket.resetAndDestroy();
    });
    request.on("end", () => {
      if ("status" in does) answer(response, does.status, does.status === 200 ? undefined : refused);
    });
  }

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    creates,
    uploads,
    polls: () => polls,
    /** Forgets what was, and behaves so from now on. */
    behave(next: Script = {}) {
      script = next;
      polls = 0;
      creates.length = 0;
      uploads.length = 0;
    },
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}

interface Script {
  /** How many of the first polls return a 503. */
  readonly failedPolls?: number;
  /** The last one is given again and again. */
  readonly statuses?: readonly unknown[];
  /** `null`: there is none. */
  readonly summary?: { readonly errors?: number; readonly warnings?: number } | null;
  /** One after the other; then they are taken. */
  readonly uploads?: readonly Upload[];
  readonly holdsCreate?: boolean;
}

function answer(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
