import { resolve } from "node:path";
import { storedSecrets } from "../configuration/generated-secrets.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { resolveSettings } from "../configuration/resolve-settings.ts";
import type { Settings } from "../configuration/settings.ts";
import { boundYoungGeneration } from "../process/bound-young-generation.ts";
import { greeting } from "./greeting.ts";
import { parseOptions } from "./parse-options.ts";
import { prepareReadyFile } from "./ready-file.ts";

const OPTIONS = {
  config: { type: "string" },
  host: { type: "string" },
  port: { type: "string" },
  data: { type: "string" },
  "log-level": { type: "string" },
  sandbox: { type: "boolean" },
  "allow-public-sandbox": { type: "boolean" },
  docs: { type: "string" },
  "ready-file": { type: "string" },
} as const;

/**
 * Runs the server until the process receives SIGINT or SIGTERM, then completes the requests in progress.
 *
 * @throws {Error} with a message for the user of the command
 */
export async function serve(args: readonly string[]): Promise<void> {
  const { values: options } = parseOptions("memory-server", { args: [...args], options: OPTIONS });
  const resolved = await resolveSettings(await readConfiguration(options), storedSecrets);
  const { generatedCredential } = resolved;
  const settings = withDocs(resolved.settings, options.docs);
  if (!options["allow-public-sandbox"]) rejectPublicSandbox(settings);
  const readyFile = options["ready-file"] === undefined ? undefined : await prepareReadyFile(options["ready-file"]);

  boundYoungGeneration();
  const { startServer } = await import("../process/start-server.ts");
  const server = await startServer(settings).catch((error) => explain(error, settings));
  try {
    const stopped = stopSignal();
    const [storeId] = settings.stores.keys();
    await readyFile?.write({
      url: server.url,
      storeId,
      apiKey: generatedCredential?.apiKey,
      apiSecret: generatedCredential?.apiSecret,
    });
    // The standard output of a service contains only its log.
    const print = settings.sandbox ? console.log : console.error;
    print(greeting(server.url, { ...resolved, settings }));
    await stopped;
  } finally {
    await server.close();
  }
}

/**
 * Adds the documentation, whose pages explain the error codes of this project, unless the settings name others.
 *
 * @throws {Error} if the server is not a sandbox, because only a sandbox has pages
 */
function withDocs(settings: Settings, folder: string | undefined): Settings {
  const { sandbox, host, port, publicUrl = `http://${host}:${port}` } = settings;
  if (folder === undefined) return settings;
  if (sandbox === undefined) throw new Error("--docs needs --sandbox: only a sandbox serves the documentation.");
  // A free port is not known yet.
  const errorDocsUrl = port === 0 ? undefined : `${publicUrl}/docs/reference/errors/`;
  return {
    ...(errorDocsUrl !== undefined && { errorDocsUrl }),
    ...settings,
    sandbox: { ...sandbox, docsFolder: resolve(folder) },
  };
}

const LOOPBACK = /^(127(\.\d+){3}|::1|localhost)$/;

/** Anyone who can reach a sandbox can read and replace all its data. */
function rejectPublicSandbox({ host, sandbox }: Settings): void {
  if (sandbox === undefined || LOOPBACK.test(host)) return;
  throw new Error(
    `Anyone who can reach a sandbox on ${host} can control it. Listen on 127.0.0.1, or pass --allow-public-sandbox.`,
  );
}

function explain(error: unknown, { host, port }: Settings): never {
  const { syscall, code } = Object(error);
  if (syscall !== "listen" && syscall !== "getaddrinfo") throw error;
  throw new Error(
    `Cannot listen on ${host}, port ${port} (${code}). Stop the process that uses the port, or choose another; port 0 selects a free port.`,
  );
}

/** Keeps its listeners, so that further signals do not interrupt the requests in progress. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve());
  });
}
