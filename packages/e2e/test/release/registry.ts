import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Its types refer to a package that it does not depend on.
const require = createRequire(import.meta.url);
const { runServer } = require("verdaccio");

/** What the registry does with a request to publish a package. */
type Fate = "accept" | "reject" | "accept and lose the response";

/** A registry on loopback that has only the packages that are published to it. */
export interface Registry {
  readonly url: string;
  /** Names of the packages in requests to publish, in order. */
  readonly publishRequests: string[];
  /** Decides about each request to publish. By default, all are accepted. */
  decide: (name: string) => Fate;
  /** Makes npm and pnpm use the registry in a folder, for our packages only. */
  use(folder: string): Promise<void>;
  /** Returns the metadata of a package. */
  read(name: string): Promise<PackageMetadata>;
  stop(): Promise<void>;
}

interface PackageMetadata {
  readonly "dist-tags": Record<string, string>;
  readonly versions: Record<string, { dist: { integrity: string } }>;
}

/** Starts Verdaccio on a free port. It has no uplinks, so it never connects to another registry. */
export async function startRegistry(): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), "registry-"));
  const verdaccio: Server = await runServer({
    configPath: join(folder, "config.yaml"),
    self_path: folder,
    storage: join(folder, "storage"),
    uplinks: {},
    packages: { "@memory-api/*": { access: ["$all"], publish: ["$all"] } },
    web: { enable: false },
    log: { type: "stdout", format: "pretty", level: "fatal" },
  });
  const server = createServer((request, response) => {
    const name = publishedName(request);
    const fate = name === undefined ? "accept" : registry.decide(name);
    if (name !== undefined) registry.publishRequests.push(name);
    if (fate === "reject") return void response.writeHead(503).end();
    if (fate === "accept and lose the response") response.end = () => response.destroy();
    verdaccio.emit("request", request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const registry: Registry = {
    url,
    publishRequests: [],
    decide: () => "accept",
    // The clients send no request without a token. Verdaccio accepts any.
    use: (project) =>
      writeFile(join(project, ".npmrc"), `@memory-api:registry=${url}\n//127.0.0.1:${port}/:_authToken=rehearsal\n`),
    read: async (name) => (await fetch(url + name)).json(),
    async stop() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
  return registry;
}

function publishedName({ method, url = "" }: IncomingMessage): string | undefined {
  return method === "PUT" ? decodeURIComponent(url.slice(1)) : undefined;
}
