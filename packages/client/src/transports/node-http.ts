import type { Fetch } from "./fetch.ts";
import { nodeResponse, readText } from "./node-response.ts";

/** Time limit of a connection attempt in milliseconds, the same as with `fetch`. */
const CONNECT_MS = 10_000;

/** A transport over `node:http` and `node:https`, with their global agents, for a text body or none. */
export const nodeHttp: Fetch = (url, { method, headers: given, body, signal, maxResponseBytes }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const { request: send } = process.getBuiltinModule(/^https:/i.test(url) ? "node:https" : "node:http");
    const headers = { "Accept-Encoding": "gzip", ...given };
    const request = send(url, { method, headers, timeout: CONNECT_MS });
    const onAbort = () => request.destroy(signal.reason);
    signal.addEventListener("abort", onAbort);
    request.on("timeout", () => {
      if (!request.socket?.connecting) return;
      request.destroy(Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT" }));
    });
    request.on("error", reject);
    request.on("response", (response) => {
      // Read immediately, so that the connection is free for the next call even if nobody reads the text.
      const text = readText(response, response.headers["content-encoding"], maxResponseBytes);
      text.catch(() => {});
      resolve(nodeResponse(Number(response.statusCode), response.headers, () => text));
    });
    request.on("close", () => {
      signal.removeEventListener("abort", onAbort);
      // Has an effect only if there was neither a response nor an error, as after a change of protocols. An Error would cost each call time.
      reject("closed without a response");
    });
    request.end(body);
  });
