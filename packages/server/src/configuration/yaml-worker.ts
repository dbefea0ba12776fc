// The thread in which a reload parses a configuration. It ends when it has sent the result.
import { parentPort, workerData } from "node:worker_threads";
import { ConfigurationError } from "./configuration-error.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { ParsedInThread } from "./parse-yaml-in-thread.ts";

const { name, text }: { name: string; text: string } = workerData;

function parse(): ParsedInThread {
  try {
    return { document: parseYaml(name, text) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { mistakes: error.mistakes };
    throw error;
  }
}

parentPort?.postMessage(parse());
