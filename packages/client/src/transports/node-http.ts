import type { Fetch } from "./fetch.ts";
import { plainResponse, readableText } from "./node-response.ts";

/** How long a connection may take, in milliseconds: as long as with `fetch`. */
const CONNECT_MS = 10_000;

/** A transport over `node:http` and `node:https`, with their global agents, for a body that is text or none. */
export const nodeHttp: Fetch = (url, { method, headers: own, body, signal, maxResponseBytes }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const { request } = process.getBuiltinModule(/^https:/i.test(url) ? "node:https" : "node:http");
    // As `fetch` names itself.
    const headers = { "User-Agent": "node", "Accept-Encoding": "gzip", ...own };
    const sent = request(url, { method, headers, timeout: CONNECT_MS });
    const onAbort = () => sent.destroy(signal.reason);
    signal.addEventListener("abort", onAbort);
    sent.on(
      "timeout",
      () =>
        sent.socket?.connecting && sent.destroy(Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT" })),
    );
    sent.on("error", reject);
    sent.on("response", (answer) => {
      // Read at once, so that the connection is free for the next call, whoever waits for the text.
      const text = readableText(answer, answer.headers["content-encoding"], maxResponseBytes);
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
