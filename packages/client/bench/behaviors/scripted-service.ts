import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import type { ErrorOf, ProfileId, ResponseOf, StoreId } from "@memory-api/types";

/** A request as it arrived. */
interface ServiceRequest {
  readonly method: string;
  /** Exact path and query. */
  readonly target: string;
  /** Length of its body in bytes. */
  readonly length: number;
  /** Time of its arrival in milliseconds. */
  readonly at: number;
  /** Origin of the service that it was sent to. */
  readonly origin: string;
}

/** A response of the service. */
export interface ServiceResponse {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** A string is sent unchanged, anything else as JSON. */
  readonly body?: unknown;
  /** Whether the connection is closed in the middle of the body. */
  readonly isCutOff?: boolean;
}

/** Returns the response to a request. The request is the last of `all`. */
export type Script = (request: ServiceRequest, all: readonly ServiceRequest[]) => ServiceResponse;

/** A server on a free port that records its requests. */
export interface Service {
  readonly url: string;
  readonly requests: readonly ServiceRequest[];
  close(): Promise<unknown>;
}

export async function startService(script: Script): Promise<Service> {
  const requests: ServiceRequest[] = [];
  const server = createServer(async (message, response) => {
    const request = await received(message);
    requests.push(request);
    send(response, script(request, requests));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The service has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}

async function received(message: IncomingMessage): Promise<ServiceRequest> {
  const at = performance.now();
  const { method = "", url: target = "", headers } = message;
  const { length } = await buffer(message);
  return { method, target, length, at, origin: `http://${headers.host}` };
}

function send(response: ServerResponse, { status = 200, headers, body = "", isCutOff = false }: ServiceResponse): void {
  const isText = typeof body === "string";
  const bytes = Buffer.from(isText ? body : JSON.stringify(body));
  response.writeHead(status, {
    "Content-Type": isText ? "text/html" : "application/json",
    "Content-Length": bytes.length,
    ...headers,
  });
  if (isCutOff) response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else response.end(bytes);
}

export const storeId: StoreId = "mem_store_00000000000000000000000000";
export const profileId: ProfileId = "mem_profile_00000000000000000000000000";

const profile: ResponseOf<"fetchProfile"> = {
  id: profileId,
  createdAt: "2026-01-01T00:00:00Z",
  traits: { Contact: { email: "ada.reyes@example.com" } },
};

/** The response with the profile of the service. */
export const found: ServiceResponse = { body: profile };

/** Returns an error with the documented body. */
export function rejected(
  status: ErrorOf<"fetchProfile">["status"],
  headers: Record<string, string> = {},
): ServiceResponse {
  const body = { code: 20000 + status, message: "Not now.", more_info: "https://example.com/errors", status };
  return { status, headers, body };
}
