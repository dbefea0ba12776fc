#!/usr/bin/env node
import { parseArgs } from "node:util";
import { curlLine } from "./curl-line.ts";
import { startMock } from "./start-mock.ts";

const PORT = "4010";

const HELP = `Usage: memory-mock [options]

Starts a mock of the Memory API that responds with the examples of its contract.

  --port <number>  port on the loopback interface; 0 selects a free one (default: $PORT, or ${PORT})
  --verbose        print Prism's log: requests, and the reasons for rejections
  --help           print this help`;

const CREDENTIALS = "demo-key:demo-secret";

try {
  await main();
} catch (error) {
  console.error(`memory-mock: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: process.env["PORT"] || PORT },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);

  if (!/^\d+$/.test(values.port)) throw new Error(`The port must be an integer from 0 to 65535, not ${values.port}.`);
  const mock = await startMock({ port: Number(values.port), ...(values.verbose && { log: console.error }) });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, mock.stop);
  console.log(`The mock of the Memory API listens on ${mock.url}

Credentials: ${CREDENTIALS} (the mock accepts any credentials)

${curlLine(mock.url, CREDENTIALS)}

Press Ctrl-C to stop.`);
}
