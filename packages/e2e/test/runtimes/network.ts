import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import { listenLocally } from "../support/local-server.ts";
import { forwardTo } from "./forward-to.ts";
import type { NetworkSettings, SandboxSettings } from "./suite/check.ts";

/** A private key and its certificate, which the servers and the clients share. */
const identityFile = fileURLToPath(new URL("identity.pem", import.meta.url));

/** Other ways to reach a sandbox: through a proxy, and over HTTPS. */
export interface Network {
  readonly settings: NetworkSettings;
  /** Variables of a program that accepts the certificate and may use the proxy. They remove those for a proxy of this machine. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/**
 * Starts an HTTP proxy, and a server that serves a sandbox over HTTPS.
 *
 * Responses tell how the request arrived. They have the header `Via` if it came through the proxy, and `Client-Certificate` if the client
 * presented the certificate of the identity.
 */
export async function startNetwork(sandbox: SandboxSettings): Promise<Network> {
  const identity = await readFile(identityFile);
  const tls = { key: identity, cert: identity, ca: identity, requestCert: true, rejectUnauthorized: false };
  const forward = forwardTo(sandbox.baseUrl);

  const forwardAsProxy: RequestListener = (request, response) =>
    forward(request, response.setHeader("Via", "1.1 proxy"));
  // The proxy terminates tunnels, because otherwise it could not add a header to a response over TLS.
  const tunnels = { http: createServer(forwardAsProxy), https: createHttpsServer(tls, forwardAsProxy) };
  const { port } = new URL(sandbox.baseUrl);
  const proxyServer = createServer(forwardAsProxy).on("connect", ({ url }, socket) => {
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    tunnels[url?.endsWith(`:${port}`) ? "http" : "https"].emit("connection", socket);
  });

  const httpsServer = createHttpsServer(tls, (request, response) => {
    const isIdentified = request.socket instanceof TLSSocket && request.socket.authorized;
    if (isIdentified) response.setHeader("Client-Certificate", "accepted");
    forward(request, response);
  });

  const proxy = await listenLocally(proxyServer);
  const https = await listenLocally(httpsServer, "https");
  return {
    settings: { ...sandbox, proxyUrl: proxy.url, httpsUrl: https.url, identityFile },
    env: {
      HTTP_PROXY: proxy.url,
      HTTPS_PROXY: proxy.url,
      NO_PROXY: undefined,
      NODE_USE_ENV_PROXY: undefined,
      NODE_EXTRA_CA_CERTS: identityFile,
      http_proxy: undefined,
      https_proxy: undefined,
      no_proxy: undefined,
    },
    async close() {
      await proxy.close();
      await https.close();
    },
  };
}
