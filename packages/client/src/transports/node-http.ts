import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { Fetch } from "./fetch.ts";
import { plainResponse } from "./plain-response.ts";

/** How long a connection may take, in milliseconds: as long as with `fetch`. */
const CONNECT_MS = 10_000;

/** A transport over `node:http` and `node:https`, with their global agents, for a body that is text or none. */
export const nodeHttp: Fetch = (url, { method, headers: own, body, signal }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const { request } = process.getBuiltinModule(/^https:/i.test(url) ? "node:https" : "node:http");
    // As `fetch` names itself.
    const headers = { "User-Agent": "node", "Accept-Encoding": "gzip", ...own };
    const sent = request(url, { method, headers, timeout: CONNECT_MS });
    const onAbort = () => sent.destroy(signal.reason);
    signal.addEventListener("abort", onAbort);
    sent.on("timeout", () => sent.socket?.connecting && sent.destroy(new Error("connect ETIMEDOUT")));
    sent.on("error", reject);
    sent.on("response", (answer) => {
      // Read at once, so that the connection is free for the next call, whoever waits for the text.
      const text = textOf(unpacked(answer));
      text.catch(() => {});
      resolve(plainResponse(Number(answer.statusCode), answer.headers, () => text));
    });
    sent.on("close", () => {
      signal.removeEventListener("abort", onAbort);
      // Of effect only where there was neither an answer nor an error, as after a change of protocols. An Error would cost each call.
      reject("closed without an answer");
    });
    sent.end(body);
  });

/** Like `text` of `node:stream/consumers`, whose async iteration needs more CPU time for each request. */
function textOf(body: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    body.on("data", (chunk) => chunks.push(chunk));
    body.on("end", () => resolve(new TextDecoder().decode(Buffer.concat(chunks))));
    body.on("error", reject);
  });
}

function unpacked(answer: IncomingMessage): Readable {
  if (!/gzip|deflate/.test(answer.headers["content-encoding"] ?? "")) return answer;
  const unzip = process.getBuiltinModule("node:zlib").createUnzip();
  return process.getBuiltinModule("node:stream").pipeline(answer, unzip, () => {});
}
