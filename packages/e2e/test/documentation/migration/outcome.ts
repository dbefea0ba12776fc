import { compileFunction } from "node:vm";
import twilio from "twilio";
import { onTestFinished, vi } from "vitest";
import { redirectedSdk } from "../../server/redirected-sdk.ts";
import { resetSandbox } from "../../server/reset-sandbox.ts";
import { importId, profileId, seed, storeId } from "../../server/samples.ts";
import type { ServerProcess } from "../../server/server-process.ts";
import { exampleFunction } from "../examples/example-function.ts";
import { control } from "./control.ts";

/** What came of a block. */
export interface Outcome {
  /** What was given to the console. */
  readonly printed: readonly unknown[][];
  readonly exchanges: readonly Exchange[];
}

/** A request and its answer, as the sandbox saw them. */
interface Exchange {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly request: { readonly body?: unknown };
  readonly response: { readonly status: number; readonly body?: unknown };
}

/** A block in calls of the vendor's SDK, which is sent to the sandbox. */
export function runVendor(sandbox: ServerProcess, code: string): Promise<Outcome> {
  return outcomeOf(sandbox, () => {
    const given = { ...ids, ...login(sandbox), accountSid: `AC${"0".repeat(32)}`, twilio: redirectedTwilio(sandbox) };
    const body = `return (async () => {${code.replaceAll(/^import .*$/gm, "")}})()`;
    return compileFunction(body, Object.keys(given))(...Object.values(given));
  });
}

/** A block in calls of our client. */
export function runOurs(sandbox: ServerProcess, code: string): Promise<Outcome> {
  return outcomeOf(sandbox, () => {
    vi.stubEnv("MEMORY_BASE_URL", sandbox.url);
    return exampleFunction(code)({ ...ids, ...login(sandbox) });
  });
}

const ids = { storeId, profileId, importId };
const login = ({ apiKey, apiSecret }: ServerProcess) => ({ apiKey, apiSecret });

function redirectedTwilio({ url }: ServerProcess) {
  const redirected = (apiKey: string, apiSecret: string) => ({
    memory: { v1: redirectedSdk(url, { apiKey, apiSecret }) },
  });
  return Object.assign(redirected, { RestException: twilio.RestException });
}

/** From the same beginning each time, so that the same requests give the same IDs and times. */
async function outcomeOf(sandbox: ServerProcess, run: () => Promise<void>): Promise<Outcome> {
  await resetSandbox(sandbox.url, seed);
  await control(sandbox, "clock", { now: "2026-01-01T00:00:00Z", frozen: true });
  const log = vi.spyOn(console, "log").mockReturnValue();
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  await run();
  const { requests } = await control(sandbox, "requests");
  const exchanges = requests.map(({ operationId, method, path, request, response }: Exchange) => ({
    ...{ operationId, method, path },
    request: { body: request.body },
    response: { status: response.status, body: response.body },
  }));
  return { printed: log.mock.calls.splice(0), exchanges };
}
