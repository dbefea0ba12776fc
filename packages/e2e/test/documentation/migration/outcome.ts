import { compileFunction } from "node:vm";
import twilio from "twilio";
import { onTestFinished, vi } from "vitest";
import { redirectedSdk } from "../../server/redirected-sdk.ts";
import { importId, profileId, seed, storeId } from "../../server/samples.ts";
import { controlSandbox, resetSandbox } from "../../support/sandbox-control.ts";
import type { ServerProcess } from "../../support/server-process.ts";
import { exampleFunction } from "../examples/example-function.ts";

/** The observable effects of a code block. */
export interface Outcome {
  /** The arguments of each `console.log`. */
  readonly printed: readonly unknown[][];
  readonly exchanges: readonly Exchange[];
}

/** A request and its response, as the sandbox recorded them. */
interface Exchange {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly request: { readonly body?: unknown };
  readonly response: { readonly status: number; readonly body?: unknown };
}

/** Runs a block that calls the vendor's SDK. Its requests go to the sandbox. */
export function runVendor(sandbox: ServerProcess, code: string): Promise<Outcome> {
  return outcomeOf(sandbox, () => {
    const variables = {
      ...ids,
      ...credentialsOf(sandbox),
      accountSid: `AC${"0".repeat(32)}`,
      twilio: redirectedTwilio(sandbox),
    };
    const body = `return (async () => {${code.replaceAll(/^import .*$/gm, "")}})()`;
    return compileFunction(body, Object.keys(variables))(...Object.values(variables));
  });
}

/** Runs a block that calls our client. Its requests go to the sandbox. */
export function runOurs(sandbox: ServerProcess, code: string): Promise<Outcome> {
  return outcomeOf(sandbox, () => {
    vi.stubEnv("MEMORY_BASE_URL", sandbox.url);
    return exampleFunction(code)({ ...ids, ...credentialsOf(sandbox) });
  });
}

const ids = { storeId, profileId, importId };
const credentialsOf = ({ apiKey, apiSecret }: ServerProcess) => ({ apiKey, apiSecret });

function redirectedTwilio({ url }: ServerProcess) {
  const redirected = (apiKey: string, apiSecret: string) => ({
    memory: { v1: redirectedSdk(url, { apiKey, apiSecret }) },
  });
  return Object.assign(redirected, { RestException: twilio.RestException });
}

/** Resets the sandbox and its clock first, so that the same requests return the same IDs and times. */
async function outcomeOf(sandbox: ServerProcess, run: () => Promise<void>): Promise<Outcome> {
  await resetSandbox(sandbox.url, seed);
  await controlSandbox(sandbox.url, "PUT", "clock", { now: "2026-01-01T00:00:00Z", frozen: true });
  const log = vi.spyOn(console, "log").mockReturnValue();
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  await run();
  const { requests } = await controlSandbox(sandbox.url, "GET", "requests");
  const exchanges = requests.map(({ operationId, method, path, request, response }: Exchange) => ({
    ...{ operationId, method, path },
    request: { body: request.body },
    response: { status: response.status, body: response.body },
  }));
  return { printed: log.mock.calls.splice(0), exchanges };
}
