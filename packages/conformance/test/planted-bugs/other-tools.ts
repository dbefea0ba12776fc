import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { openapi } from "@memory-api/spec";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { WORKFLOWS_FOLDER } from "../../src/phases/workflows/read-workflow.ts";
import { findRedocly } from "../../src/phases/workflows/respect.ts";
import { ACCOUNT } from "../support/start-server.ts";
import type { OtherTool } from "./score.ts";

const execute = promisify(execFile);
let runs = 0;

/** Redocly Respect with the workflows of the contract, unchanged. */
export const respect: OtherTool = async (proxy) => {
  const command = findRedocly();
  if (command === undefined) throw new Error("The package @redocly/cli is not installed.");
  const files = readdirSync(WORKFLOWS_FOLDER).filter((file) => file.endsWith(".arazzo.yaml"));
  const inputs = {
    runId: String(10_000_000 + ((Date.now() + runs++) % 80_000_000)),
    storeId: ACCOUNT.storeId,
    apiKey: ACCOUNT.username,
    apiSecret: ACCOUNT.password,
  };
  const env = {
    ...process.env,
    REDOCLY_CLI_RESPECT_INPUT: JSON.stringify(inputs),
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  };
  const paths = files.map((file) => join(WORKFLOWS_FOLDER, file));
  const args = [command, "respect", ...paths, "--server", `memory=${proxy.target.baseUrl}`];
  return execute(process.execPath, args, { env, maxBuffer: 64 * 1024 * 1024 }).then(
    () => false,
    () => true,
  );
};

/** A call of a consumer, and the status that it expects. */
interface ConsumerCall {
  readonly method: string;
  /** Below the profiles of the store. `:id` and `:import` stand for what earlier calls created. */
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly isAnonymous?: true;
}

const PERSON = { Contact: { email: "ada.reyes@example.com", firstName: "Ada" } };
const IMPORT = {
  filename: "people.csv",
  fileSize: 100,
  columnMappings: ["email", "firstName"].map((traitName) => ({
    columnName: traitName,
    traitGroup: "Contact",
    traitName,
  })),
};

/** What a consumer's contract test sends through Prism: each operation once, and the errors that it handles. */
const CONSUMER_CALLS: readonly ConsumerCall[] = [
  { method: "POST", path: "", body: { traits: PERSON }, status: 202 },
  { method: "GET", path: "/:id", status: 200 },
  { method: "GET", path: "/:id?traitGroups=Contact", status: 200 },
  { method: "PATCH", path: "/:id", body: { traits: { Contact: { city: "Oakland", firstName: null } } }, status: 202 },
  { method: "PUT", path: "/Bulk", body: { profiles: [{ traits: PERSON }] }, status: 202 },
  { method: "GET", path: "?pageSize=10&orderBy=ASC", status: 200 },
  { method: "POST", path: "/Imports", body: IMPORT, status: 201 },
  { method: "GET", path: "/Imports", status: 200 },
  { method: "GET", path: "/Imports/:import", status: 200 },
  { method: "DELETE", path: "/:id", status: 202 },
  { method: "GET", path: "/:id", status: 404 },
  { method: "GET", path: "", status: 401, isAnonymous: true },
  { method: "POST", path: "", body: { traits: { Contact: { firstName: "Ada" } } }, status: 400 },
];

/** A consumer's contract test: calls through Prism's proxy, which validates requests and responses. */
export const prism: OtherTool = async (proxy) => {
  // Prism changes the document, which the kit reads, too.
  const server = createServer(await getHttpOperationsFromSpec(structuredClone(openapi)), {
    cors: false,
    config: {
      isProxy: true,
      upstream: new URL(proxy.target.baseUrl),
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
      upstreamProxy: undefined,
      mock: { dynamic: false, ignoreExamples: false },
    },
    components: { logger: createLogger("prism", { level: "silent" }) },
  });
  const url = await server.listen(0, "127.0.0.1");
  try {
    return await failsConsumerTest(url);
  } finally {
    await server.close();
  }
};

async function failsConsumerTest(url: string): Promise<boolean> {
  const created: Record<string, string> = {};
  const authorization = `Basic ${btoa(`${ACCOUNT.username}:${ACCOUNT.password}`)}`;
  for (const { method, path, body, status, isAnonymous } of CONSUMER_CALLS) {
    const target = path.replace(/:(id|import)/, (_, name: string) => created[name] ?? "missing");
    const response = await fetch(`${url}/v1/Stores/${ACCOUNT.storeId}/Profiles${target}`, {
      method,
      redirect: "manual",
      headers: {
        ...(!isAnonymous && { Authorization: authorization }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const json: unknown = await response.json().catch(() => undefined);
    // Prism also validates requests. The invalid one is meant to be invalid in a way that no schema expresses.
    if (response.status !== status || response.headers.has("sl-violations")) {
      if (!(isAnonymous && response.status === status)) return true;
    }
    const { id, importId } = Object(json);
    if (typeof id === "string") created["id"] = id;
    if (typeof importId === "string") created["import"] = importId;
  }
  return false;
}
