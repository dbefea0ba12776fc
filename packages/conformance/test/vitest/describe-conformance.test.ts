import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PHASES } from "../../src/phases/phases.ts";
import { startFaultyProxy } from "../support/faulty-proxy.ts";
import { ACCOUNT, type StartedServer, startServer } from "../support/start-server.ts";

let server: StartedServer;
let faulty: Awaited<ReturnType<typeof startFaultyProxy>>;
beforeAll(async () => {
  server = await startServer();
  faulty = await startFaultyProxy(server.target, async (request, forward) => {
    const response = await forward();
    return request.target.includes("/Imports") ? response.withStatus(418) : response;
  });
});
afterAll(async () => {
  await faulty?.stop();
  await server?.stop();
});

interface Outcome {
  readonly status: string;
  readonly message: string;
}

/** Runs the tests of the fixture, as another project would. */
async function outcomes(baseUrl: string, options: object, filter = ""): Promise<Map<string, Outcome>> {
  const require = createRequire(import.meta.url);
  const vitest = join(dirname(require.resolve("vitest/package.json")), "vitest.mjs");
  const root = fileURLToPath(new URL("fixture", import.meta.url));
  const output = join(root, "..", "..", "..", ".reports", "fixture.json");
  const args = ["run", "--root", root, "--reporter=json", `--outputFile=${output}`];
  const child = spawn(process.execPath, [vitest, ...args, ...(filter === "" ? [] : ["-t", filter])], {
    stdio: "ignore",
    env: { ...process.env, FIXTURE_URL: baseUrl, FIXTURE_OPTIONS: JSON.stringify(options) },
  });
  await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const { testResults } = JSON.parse(readFileSync(output, "utf8"));
  const tests: readonly { title: string; status: string; failureMessages: readonly string[] }[] =
    testResults[0].assertionResults;
  return new Map(
    tests.map(({ title, status, failureMessages }) => [title, { status, message: failureMessages.join("\n") }]),
  );
}

describe("the tests of another project", () => {
  it("pass if the implementation conforms to the contract", async () => {
    const tests = await outcomes(server.target.baseUrl, { only: ["smoke"] });
    expect(tests.get("Simple requests")).toEqual({ status: "passed", message: "" });
    expect(tests.get("The run as a whole")).toEqual({ status: "passed", message: "" });
  });

  it("fail with the findings of a phase, and skip the phases that are not selected", async () => {
    const tests = await outcomes(faulty.target.baseUrl, { only: ["smoke"] });
    expect(tests.size).toBe(PHASES.length + 1);
    const { status, message } = tests.get("Simple requests") ?? {};
    expect(status).toBe("failed");
    expect(message).toContain("A response has a status that the contract does not document");
    expect(message).toContain('curl -isS -u "$MEMORY_USER:$MEMORY_PASSWORD"');
    expect(message).not.toContain(ACCOUNT.password);
    const others = PHASES.slice(1).map(({ title }) => tests.get(title)?.status);
    expect(others).toEqual(others.map(() => "skipped"));
    expect(tests.get("The run as a whole")?.status).toBe("passed");
  });

  it("fail for what concerns the run as a whole", async () => {
    const tests = await outcomes(server.target.baseUrl, { only: ["smoke", "smoke/nothing"], minCoverage: 100 });
    expect(tests.get("Simple requests")?.status).toBe("passed");
    expect(tests.get("The run as a whole")).toMatchObject({
      status: "failed",
      message: expect.stringContaining('"only" contains smoke/nothing'),
    });
  });

  it("fail if the implementation cannot be reached", async () => {
    const tests = await outcomes("http://127.0.0.1:1", { only: ["smoke"] });
    expect(tests.get("Simple requests")).toMatchObject({
      status: "failed",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("do not judge the whole if only one of them runs", async () => {
    const tests = await outcomes(server.target.baseUrl, { only: ["smoke"] }, "The run as a whole");
    expect(tests.get("The run as a whole")).toMatchObject({ status: "skipped" });
  });
});
