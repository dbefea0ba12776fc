import { globSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import "../contract/coverage.ts";
import { findDrift } from "./drift.ts";
import { exchangeFaults } from "./exchange-faults.ts";
import { type Exchange, type RecordingProxy, startRecordingProxy } from "./recording-proxy.ts";
import { redirectedSdk } from "./redirected-sdk.ts";
import { contractFolder, redocly } from "./redocly.ts";
import { resetSandbox } from "./reset-sandbox.ts";
import { columnMappings, type Sample, samples, seed, storeId } from "./samples.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

let folder: string;
let server: ServerProcess;
let sandbox: ServerProcess;
let toServer: RecordingProxy;
let toSandbox: RecordingProxy;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-clients-"));
  [server, sandbox] = await Promise.all([startServerProcess(), startServerProcess(["--sandbox"])]);
  [toServer, toSandbox] = await Promise.all([startRecordingProxy(server.url), startRecordingProxy(sandbox.url)]);
});
afterAll(async () => {
  for (const each of [toServer, toSandbox, server, sandbox]) await each.stop();
  await rm(folder, { recursive: true });
});

describe("the workflows of the contract, and those of what it rejects", () => {
  const rejected = globSync("refusals/*.arazzo.yaml", { cwd: import.meta.dirname });
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

  const respect = (given: readonly string[], apiSecret: string) => {
    const inputs = { runId: "20260310", apiKey: server.apiKey, apiSecret };
    const environment = { REDOCLY_CLI_RESPECT_INPUT: JSON.stringify(inputs) };
    return redocly(["respect", ...given, "--server", `memory=${toServer.url}`], environment);
  };

  beforeAll(async () => {
    const report = join(folder, "respect.json");
    ({ exitCode } = await respect([...files, "--json-output", report], server.apiSecret));
    results = JSON.parse(await readFile(report, "utf8")).files;
  });

  it.each(workflows)("run to their ends: $workflowId", ({ file, workflowId }) => {
    const result = results[file]?.executedWorkflows.find((each) => each.workflowId === workflowId);
    expect(result?.status).toBe("success");
    expect(result?.executedSteps).not.toHaveLength(0);
  });

  it("are all there, and succeed as a whole", ({ task }) => {
    const run = Object.values(results).flatMap(({ executedWorkflows }) => executedWorkflows);
    const steps = run.flatMap(({ executedSteps }) => executedSteps);
    task.meta.coverage = `${run.length} of ${workflows.length} workflows by the server, ${steps.length} steps`;
    expect(run.map(({ workflowId }) => workflowId).sort()).toEqual(
      workflows.map(({ workflowId }) => workflowId).sort(),
    );
    expect(exitCode).toBe(0);
  });

  it("fail where something is wrong, such as the secret", async () => {
    const result = await respect(["workflows/profile-life.arazzo.yaml"], "wrong");
    expect(result.exitCode).toBe(1);
    expect(result.output).toContain("✗ success criteria check");
  });
});

describe("the vendor's SDK, sent to a sandbox,", () => {
  beforeEach(() => resetSandbox(sandbox.url, seed));

  const memory = () => redirectedSdk(toSandbox.url, sandbox);

  it.each(samples)("$name", async ({ run, expected }) => {
    expect(await run(memory())).toMatchObject(Object(expected));
  });

  it.each(samples.filter(isRefused))("is told the rule where the sample breaks one: $name", async ({ shown }) => {
    await expect(shown.run(memory())).rejects.toMatchObject(shown.refusal);
  });

  it("turns the pages of a list, forth and back", async () => {
    const profiles = ["ada", "bo", "cy"].map((name) => ({ traits: { Contact: { email: `${name}@example.com` } } }));
    await memory().bulk(storeId).update({ profiles });
    const first = await memory().profiles(storeId).page({ pageSize: 3, orderBy: "ASC" });
    const last = await first.nextPage();
    expect([first.instances.length, last?.instances.length]).toEqual([3, 1]);
    expect((await last?.previousPage())?.instances).toEqual(first.instances);
    expect(await last?.nextPage()).toBeUndefined();
  });

  it("imports a file that is sent to the URL which it was given", async () => {
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

function isRefused(sample: Sample): sample is Sample & Required<Pick<Sample, "shown">> {
  return sample.shown !== undefined;
}

describe("what these clients sent and got", () => {
  const isWithCredentials = ({ request: { target, headers } }: Exchange) =>
    target.startsWith("/uploads/") || headers.some(([name]) => name.toLowerCase() === "authorization");
  const traffic = () => [...toServer.exchanges, ...toSandbox.exchanges];

  it("is as the contract says, to the last property", () => {
    expect(traffic().flatMap(exchangeFaults)).toEqual([]);
  });

  it("shows no drift, and reaches every operation and every parameter", async ({ task }) => {
    const { exitCode, problems, covered } = await findDrift(traffic().filter(isWithCredentials), folder);
    expect({ exitCode, problems }).toEqual({ exitCode: 0, problems: [] });
    const counts = Object.entries(covered).map(([name, { covered, total }]) => `${covered} of ${total} ${name}`);
    task.meta.coverage = `${counts.join(", ")} by clients of the server`;
    expect(covered.operations.covered).toBe(covered.operations.total);
    expect(covered.parameters.covered).toBe(covered.parameters.total);
  });

  it("includes requests without credentials, which the contract does not have, and which got a 401", async () => {
    const { problems } = await findDrift(
      traffic().filter((each) => !isWithCredentials(each)),
      folder,
    );
    const message = "Request does not satisfy documented OpenAPI security requirements";
    expect(problems).toMatchObject([{ message, status: 401 }]);
  });
});
