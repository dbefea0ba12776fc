import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createMemoryClient } from "@memory-api/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postmanCollection } from "../build/postman-collection.ts";
import { operations } from "../src/contract/operations.ts";
import { type RunningServer, runServer } from "../src/server/run-server.ts";
import { site } from "./pages.ts";

const newman = fileURLToPath(import.meta.resolve("newman/bin/newman.js"));
const file = join(site, "downloads", "memory-api.postman_collection.json");

let sandbox: RunningServer;
let folder: string;

beforeAll(async () => {
  sandbox = await runServer("--sandbox");
  folder = await mkdtemp(join(tmpdir(), "memory-api-postman-"));
});
afterAll(async () => {
  await sandbox?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Runs the requests of the collection in their order, as Postman does. Returns the name of each, and the status of its response. */
async function run(variables: Readonly<Record<string, string>>, ...options: string[]): Promise<[string, number][]> {
  const [environment, report] = [join(folder, "environment.json"), join(folder, "report.json")];
  const values = Object.entries(variables).map(([key, value]) => ({ key, value }));
  await writeFile(environment, JSON.stringify({ name: "sandbox", values }));
  const output = ["--reporters", "json", "--reporter-json-export", report];
  await promisify(execFile)(process.execPath, [
    newman,
    "run",
    file,
    "--environment",
    environment,
    ...output,
    ...options,
  ]);
  const { run } = JSON.parse(await readFile(report, "utf8"));
  return run.executions.map(({ item, response }: { item: { name: string }; response?: { code: number } }) => [
    item.name,
    response?.code,
  ]);
}

const own = () => ({ baseUrl: sandbox.url, apiKey: sandbox.apiKey, apiSecret: sandbox.apiSecret });

describe("the Postman collection", () => {
  it("sends every operation to a sandbox, and each succeeds", async () => {
    const statuses = await run(own());
    const success = operations.map(({ summary, responses }) => {
      const status = responses.find((response) => response.status.startsWith("2"))?.status;
      return [summary, Number(status)] as [string, number];
    });
    expect(statuses.toSorted()).toEqual(success.toSorted());
  });

  it("does not follow the redirect of a merged profile", async () => {
    const { baseUrl, apiKey, apiSecret } = own();
    const { profiles } = createMemoryClient({ baseUrl, credentials: { apiKey, apiSecret } }).store(sandbox.storeId);
    await profiles.create({ traits: { Contact: { email: "grace@example.com" } } });
    const second = await profiles.create({ traits: { Contact: { phone: "+14155550199" } } });
    await profiles.create({ traits: { Contact: { email: "grace@example.com", phone: "+14155550199" } } });
    const variables = { ...own(), profileId: second.id };
    expect(await run(variables, "--folder", "Delete a profile")).toEqual([["Delete a profile", 308]]);
  });

  it("sends no credentials with an upload, and everything to the sandbox by default", async () => {
    const { item, variable } = JSON.parse(await readFile(file, "utf8"));
    const requests: { name: string; request: { auth?: object } }[] = item.flatMap((tag: typeof item) => tag.item);
    expect(requests.filter(({ request }) => request.auth).map(({ name, request }) => [name, request.auth])).toEqual([
      ["Upload the file of an import", { type: "noauth" }],
    ]);
    expect(variable).toContainEqual({ key: "baseUrl", value: "http://127.0.0.1:4010" });
  });

  it("is the same for each build", async () => {
    expect(await postmanCollection()).toEqual(JSON.parse(await readFile(file, "utf8")));
  });
});
