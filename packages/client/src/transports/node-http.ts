import type { Fetch } from "./fetch.ts";
import { plainResponse } from "./plain-response.ts";

/** A transport over `node:http` and `node:https`, with their global agents, for a body that is text or none. */
export const nodeHttp: Fetch = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const { getBuiltinModule } = process;
    const { request } = getBuiltinModule(/^https:/i.test(url) ? "node:https" : "node:http");
    // As `fetch` names itself. An answer that is compressed would have to be unpacked.
    const sent = request(url, { method, headers: { "User-Agent": "node", "Accept-Encoding": "identity", ...headers } });
    signal.addEventListener("abort", () => sent.destroy(signal.reason), { once: true });
    sent.on("error", reject).on("response", (answer) => {
      // Read at once, so that the connection is free for the next call, whoever waits for the text.
      const text = getBuiltinModule("node:stream/consumers").text(answer);
      text.catch(() => {});
      resolve(plainResponse(Number(answer.statusCode), answer.headers, () => text));
    });
    sent.end(body);
  });
