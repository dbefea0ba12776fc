import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ConfigurationWatch } from "../configuration/configuration-watch.ts";
import { storedSecrets } from "../configuration/generated-secrets.ts";
import { type LoadedConfiguration, loadConfiguration } from "../configuration/load-configuration.ts";
import { parseYamlInThread } from "../configuration/parse-yaml-in-thread.ts";
import { isConfigured } from "../configuration/read-configuration.ts";
import type { SettingOptions } from "../configuration/setting-overrides.ts";
import type { Settings } from "../configuration/settings.ts";
import { boundYoungGeneration } from "../process/bound-young-generation.ts";
import type { RunningServer } from "../process/run-server.ts";
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
 * Runs the server until the process receives SIGINT or SIGTERM, then completes the requests in progress. At SIGHUP, it reloads its
 * configuration. Without a configuration, and in a sandbox, SIGHUP stops the server: it means that the terminal was closed.
 *
 * @throws {Error} with a message for the user of the command
 */
export async function serve(args: readonly string[]): Promise<void> {
  const handleHangUps = receiveHangUps();
  const { values: options } = parseOptions("memory-server", { args: [...args], options: OPTIONS });
  const loaded = await loadConfiguration(options, { generatedSecrets: storedSecrets });
  const resolved = loaded.settings();
  const { generatedCredential } = resolved;
  const settings = withDocs(resolved.settings, options.docs);
  if (!options["allow-public-sandbox"]) rejectPublicSandbox(settings);
  const readyFile = options["ready-file"] === undefined ? undefined : await prepareReadyFile(options["ready-file"]);

  boundYoungGeneration();
  const { startServer } = await import("../process/start-server.ts");
  const server = await startServer(settings).catch((error) => explain(error, settings));
  try {
    const stopping = Promise.withResolvers<void>();
    // The listeners stay, so that further signals do not interrupt the requests in progress.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopping.resolve());
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
    const isReloadable = settings.sandbox === undefined && isConfigured(options);
    handleHangUps(isReloadable ? watchConfiguration(server, options, loaded, settings) : stopping.resolve);
    await stopping.promise;
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

/**
 * Receives SIGHUP from now on, because it would end the process. Signals that arrive before there is a handler wait for it.
 *
 * @returns a function that sets the handler
 */
function receiveHangUps(): (handler: () => void) => void {
  const { promise, resolve } = Promise.withResolvers<() => void>();
  process.on("SIGHUP", () => promise.then((handle) => handle()));
  return resolve;
}

/**
 * Reloads the configuration when its files change, if the settings say so.
 *
 * @returns a function that reloads it at once
 */
function watchConfiguration(
  server: RunningServer,
  options: SettingOptions,
  loaded: LoadedConfiguration,
  { dataFolder, reloadMs }: Settings,
): () => void {
  // Not those of the new data folder: it is refused, and must not be created.
  const generatedSecrets = () => storedSecrets(dataFolder);
  const watch = new ConfigurationWatch(loaded, async (files) => {
    const next = await loadConfiguration(options, { generatedSecrets, parse: parseYamlInThread }, files);
    server.reload(() => next.settings().settings);
    return next;
  });
  if (reloadMs !== undefined) void lookEvery(reloadMs, watch);
  return () => void watch.request();
}

async function lookEvery(ms: number, watch: ConfigurationWatch): Promise<never> {
  for (;;) {
    await setTimeout(ms, undefined, { ref: false });
    await watch.look();
  }
}
