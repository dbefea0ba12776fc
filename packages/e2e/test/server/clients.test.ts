import { globSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resetSandbox } from "../support/sandbox-control.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { contractViolations } from "./contract-violations.ts";
import { findDrift } from "./drift.ts";
import { type Exchange, type RecordingProxy, startRecordingProxy } from "./recording-proxy.ts";
import { redirectedSdk } from "./redirected-sdk.ts";
import { contractFolder, redocly } from "./redocly.ts";
import { columnMappings, type Sample, samples, seed, storeId } from "./samples.ts";

let folder: string;
let server: ServerProcess;
let sandbox: ServerProcess;
let serverProxy: RecordingProxy;
let sandboxProxy: RecordingProxy;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-clients-"));
  [server, sandbox] = await Promise.all([startServerProcess(), startServerProcess(["--sandbox"])]);
  [serverProxy, sandboxProxy] = await Promise.all([startRecordingProxy(server.url), startRecordingProxy(sandbox.url)]);
});
afterAll(async () => {
  await Promise.all([serverProxy.close(), sandboxProxy.close()]);
  await Promise.all([server.stop(), sandbox.stop()]);
  await rm(folder, { recursive: true });
});

describe("the workflows of the contract, and those with rejected requests,", () => {
  const rejected = globSync("rejected-requests/*.arazzo.yaml", { cwd: import.meta.dirname });
  const files = [
    ...globSync("workflows/*.arazzo.yaml", { cwd: contractFolder }),
    ...rejected.map((file) => relative(contractFolder, join(import.meta.dirname, file))),
  ];
  const workflows = files.flatMap((file) => {
    const text = readFileSync(join(contractFolder, file), "utf8");
    return [...text.matchAll(/^ {2}- workflowId: (\S+)$/gm)].map(([, workflowId]) => ({ file, workflowId }));
  });
  let exitCode: number;
  let results: Record<
    string,
    { executedWorkflows: { workflowId: string; status: string; executedSteps: unknown[] }[] }
  >;

  const respect = (args: readonly string[], apiSecret: string) => {
    const inputs = { runId: "20260310", apiKey: server.apiKey, apiSecret };
    const environment = { REDOCLY_CLI_RESPECT_INPUT: JSON.stringify(inputs) };
    return redocly(["respect", ...args, "--server", `memory=${serverProxy.url}`], environment);
  };

  beforeAll(async () => {
    const report = join(folder, "respect.json");
    ({ exitCode } = await respect([...files, "--json-output", report], server.apiSecret));
    results = JSON.parse(await readFile(report, "utf8")).files;
  });

  it.each(workflows)("succeed: $workflowId", ({ file, workflowId }) => {
    const result = results[file]?.executedWorkflows.find((each) => each.workflowId === workflowId);
    expect(result?.status).toBe("success");
    expect(result?.executedSteps).not.toHaveLength(0);
  });

  it("all run, and the command exits with 0", ({ task }) => {
    const run = Object.values(results).flatMap(({ executedWorkflows }) => executedWorkflows);
    const steps = run.flatMap(({ executedSteps }) => executedSteps);
    task.meta.coverage = `${run.length} of ${workflows.length} workflows by the server, ${steps.length} steps`;
    expect(run.map(({ workflowId }) => workflowId).sort()).toEqual(
      workflows.map(({ workflowId }) => workflowId).sort(),
    );
    expect(exitCode).toBe(0);
  });

  it("fail with a wrong secret", async () => {
    const result = await respect(["workflows/profile-life.arazzo.yaml"], "wrong");
    expect(result.exitCode).toBe(1);
    expect(result.output).toContain("✗ success criteria check");
  });
});

describe("the vendor's SDK, with a sandbox,", () => {
  beforeEach(() => resetSandbox(sandbox.url, seed));

  const memory = () => redirectedSdk(sandboxProxy.url, sandbox);

  it.each(samples)("$name", async ({ run, expected }) => {
    expect(await run(memory())).toMatchObject(Object(expected));
  });

  it.each(samples.filter(isRejected))(
    "rejects the published sample with the rule that it breaks: $name",
    async ({ published }) => {
      await expect(published.run(memory())).rejects.toMatchObject(published.error);
    },
  );

  it("reads the next and the previous page of a list", async () => {
    const profiles = ["ada", "bo", "cy"].map((name) => ({ traits: { Contact: { email: `${name}@example.com` } } }));
    await memory().bulk(storeId).update({ profiles });
    const first = await memory().profiles(storeId).page({ pageSize: 3, orderBy: "ASC" });
    const last = await first.nextPage();
    expect([first.instances.length, last?.instances.length]).toEqual([3, 1]);
    expect((await last?.previousPage())?.instances).toEqual(first.instances);
    expect(await last?.nextPage()).toBeUndefined();
  });

  it("imports a file that is uploaded to the URL of the import", async () => {
    const body = "first_name,last_name,email_address\nAda,Reyes,ada.reyes@example.com\n";
    const created = { filename: "people.csv", fileSize: body.length, columnMappings };
    const { importId, url } = await memory().imports(storeId).create(created);
    const upload = await fetch(String(url), { method: "PUT", headers: { "content-type": "text/csv" }, body });
    expect(upload.status).toBe(200);
    const fetchImport = () => memory().imports(storeId, String(importId)).fetch();
    await expect.poll(async () => (await fetchImport()).status).toBe("COMPLETED");
    expect((await fetchImport()).summary).toEqual({ errors: 0, warnings: 0 });
    const traits = { Contact: { email: "ada.reyes@example.com" } };
    const { id } = await memory().profiles(storeId).create({ traits });
    const found = await memory().profiles(storeId, String(id)).fetch({ traitGroups: "Contact" });
    expect(found.traits).toEqual({ Contact: { ...traits.Contact, firstName: "Ada", lastName: "Reyes" } });
  });
});

function isRejected(sample: Sample): sample is Sample & Required<Pick<Sample, "published">> {
  return sample.published !== undefined;
}

describe("the traffic of these clients", () => {
  const hasCredentials = ({ request: { target, headers } }: Exchange) =>
    target.startsWith("/uploads/") || headers.some(([name]) => name.toLowerCase() === "authorization");
  const traffic = () => [...serverProxy.exchanges, ...sandboxProxy.exchanges];

  it("matches the contract, without undocumented properties", () => {
    expect(traffic().flatMap(contractViolations)).toEqual([]);
  });

  it("shows no drift, and covers every operation and parameter", async ({ task }) => {
    const { exitCode, problems, covered } = await findDrift(traffic().filter(hasCredentials), folder);
    expect({ exitCode, problems }).toEqual({ exitCode: 0, problems: [] });
    const counts = Object.entries(covered).map(([name, { covered, total }]) => `${covered} of ${total} ${name}`);
    task.meta.coverage = `${counts.join(", ")} by clients of the server`;
    const advice = "Send each operation with each of its parameters in a workflow of spec/workflows";
    expect(covered.operations.covered, advice).toBe(covered.operations.total);
    expect(covered.parameters.covered, advice).toBe(covered.parameters.total);
  });

  it("includes requests without credentials, which do not match the contract and return 401", async () => {
    const { problems } = await findDrift(
      traffic().filter((exchange) => !hasCredentials(exchange)),
      folder,
    );
    const message = "Request does not satisfy documented OpenAPI security requirements";
    expect(problems).toMatchObject([{ message, status: 401 }]);
  });
});
