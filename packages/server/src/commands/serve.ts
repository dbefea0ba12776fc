import { boundYoungGeneration } from "../bound-young-generation.ts";
import { keptSecrets } from "../configuration/own-secrets.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { resolveSettings } from "../configuration/resolve-settings.ts";
import type { Settings } from "../configuration/settings.ts";
import { greeting } from "./greeting.ts";
import { prepareReadyFile } from "./ready-file.ts";
import { HELP, parseServeOptions } from "./serve-options.ts";

/**
 * Runs the server until the process is told to stop, and lets it finish what is under way.
 *
 * @throws {Error} with a message for whoever typed the command
 */
export async function serve(given: readonly string[]): Promise<void> {
  const options = parseServeOptions(given);
  if (options.help) return console.log(HELP);

  const resolved = await resolveSettings(await readConfiguration(options), keptSecrets);
  const { settings, ownCredential } = resolved;
  if (!options["allow-public-sandbox"]) refusePublicSandbox(settings);
  const readyFile = options["ready-file"] === undefined ? undefined : await prepareReadyFile(options["ready-file"]);

  boundYoungGeneration();
  const { startServer } = await import("../server.ts");
  const server = await startServer(settings).catch((error) => explain(error, settings));
  try {
    const stopped = stopSignal();
    const [storeId] = settings.stores.keys();
    await readyFile?.write({
      url: server.url,
      storeId,
      apiKey: ownCredential?.apiKey,
      apiSecret: ownCredential?.apiSecret,
    });
    // Of a service, standard output is for the log alone.
    const print = settings.sandbox ? console.log : console.error;
    print(greeting(server.url, resolved));
    await stopped;
  } finally {
    await server.close();
  }
}

const LOOPBACK = /^(127(\.\d+){3}|::1|localhost)$/;

/** Whoever reaches a sandbox may read and replace all that is in it. */
function refusePublicSandbox({ host, sandbox }: Settings): void {
  if (sandbox === undefined || LOOPBACK.test(host)) return;
  throw new Error(
    `A sandbox on ${host} is controlled by all who reach it. Listen on 127.0.0.1, or allow it with --allow-public-sandbox.`,
  );
}

function explain(error: unknown, { host, port }: Settings): never {
  const { syscall, code } = Object(error);
  if (syscall !== "listen" && syscall !== "getaddrinfo") throw error;
  throw new Error(
    `Cannot listen on ${host}, port ${port} (${code}). Stop what uses it or choose another; port 0 takes a free one.`,
  );
}

/** Whoever started this process may ask several times, and what is under way shall end all the same. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve());
  });
}
