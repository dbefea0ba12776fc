import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { run } from "../support/run.ts";
import { installSuite } from "./install-suite.ts";
import { matrixOf } from "./matrix.ts";
import { type Network, startNetwork } from "./network.ts";
import type { RuntimeReport } from "./runtime.ts";
import { nodePackages, nodes, oldestNodeWithProxies, runtimes } from "./runtimes.ts";
import { type SandboxProcess, startSandboxProcess } from "./sandbox-process.ts";
import { checkNames } from "./suite/core-suite.ts";
import { compareVersions, undiciPackages, undiciVersions } from "./undici-versions.ts";

const reports = new Map<string, RuntimeReport>();
let folder: string;
let sandbox: SandboxProcess;
let network: Network;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "memory-api-runtimes-")));
  await installSuite(folder, [...nodePackages, ...undiciPackages]);
  sandbox = await startSandboxProcess(folder);
  network = await startNetwork(sandbox.settings);
}, 900_000);
afterAll(async () => {
  console.log(matrixOf(reports.values(), checkNames));
  await network?.close();
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each(runtimes)("the client on $name", ({ name, version, reasonToSkip, run: runOn }) => {
  beforeAll(async () => {
    if (reasonToSkip !== undefined) return console.warn(`Skipped: ${reasonToSkip}`);
    await sandbox.reset();
    reports.set(name, await runOn(folder, sandbox.settings));
  });
  beforeEach(({ skip }) => skip(reasonToSkip !== undefined, reasonToSkip));

  it.each(checkNames)("%s", (check) => {
    expect(reports.get(name)?.results.find((result) => result.name === check)).toEqual({ name: check, ok: true });
  });

  it("passed all checks, on the expected version", () => {
    const report = reports.get(name);
    expect(report?.version).toMatch(version);
    expect(report?.results.map((result) => result.name)).toEqual(checkNames);
  });
});

describe.each(nodes)("CommonJS code on Node.js $version", ({ program }) => {
  it("can require the client", async () => {
    const args = [join(folder, "require-client.cjs"), JSON.stringify(sandbox.settings)];
    expect(await run(program(folder), args)).toBe("200\n");
  });

  it("sends requests with node:http, unless globalThis.fetch was replaced", async () => {
    const args = [join(folder, "report-transports.cjs"), JSON.stringify(sandbox.settings)];
    expect(JSON.parse(await run(program(folder), args))).toEqual({
      first: ["node:http"],
      loadsFetch: false,
      afterFetch: ["node:http"],
      withReplacedFetch: ["fetch"],
    });
  });
});

describe.each(undiciVersions)("global dispatchers of undici $version", ({ name, oldestNode }) => {
  it(`need Node.js ${oldestNode} or later`, async () => {
    const manifest = JSON.parse(await readFile(join(folder, "node_modules", name, "package.json"), "utf8"));
    expect(manifest.engines.node).toBe(`>=${oldestNode}`);
  });

  for (const { version, program } of nodes.filter(({ version }) => compareVersions(version, oldestNode) >= 0)) {
    // The fetch of Node.js 26 reads its dispatcher from a place that undici 6 does not know.
    const isIgnored = name === "undici-6" && compareVersions(version, "26") >= 0;
    it(`${isIgnored ? "are ignored by fetch" : "send the calls"} on Node.js ${version}`, async () => {
      const args = [join(folder, "report-dispatchers.js"), JSON.stringify(network.settings), name];
      const { env } = network;
      const original = { auto: "node:http", fetch: "fetch", "node-http": "node:http" };
      const sender = isIgnored ? "fetch" : "dispatcher";
      const replaced = { auto: sender, fetch: sender, "node-http": "node:http" };
      expect(JSON.parse(await run(program(folder), args, { env }))).toEqual({
        none: original,
        Agent: original,
        "Agent with a factory": replaced,
        "Agent with a client certificate": replaced,
        "derived class": replaced,
        "composed Agent": replaced,
        MockAgent: replaced,
        ProxyAgent: replaced,
        EnvHttpProxyAgent: replaced,
      });
    });
  }
});

describe.each(nodes)("the proxy variables on Node.js $version", ({ version, program }) => {
  const direct = ["direct", "direct", "direct", "direct"];
  const exceptNoProxy = ["proxy", "proxy", "direct", "direct"];

  /** Returns the routes of calls over HTTP and HTTPS, first to localhost, then to 127.0.0.1. */
  async function routes(variables: NodeJS.ProcessEnv): Promise<object> {
    const urls = [network.settings.baseUrl, network.settings.httpsUrl];
    const localhostUrls = urls.map((url) => url.replace("127.0.0.1", "localhost"));
    const args = [join(folder, "report-routes.js"), JSON.stringify(network.settings), ...localhostUrls, ...urls];
    return JSON.parse(await run(program(folder), args, { env: { ...network.env, ...variables } }));
  }

  it("are ignored by default, except with EnvHttpProxyAgent", async () => {
    expect(await routes({ NO_PROXY: "127.0.0.1" })).toEqual({
      auto: direct,
      fetch: direct,
      "node-http": direct,
      "undiciFetch()": direct,
      "undiciFetch({ dispatcher: new EnvHttpProxyAgent() })": exceptNoProxy,
    });
  });

  const isSupported = compareVersions(version, oldestNodeWithProxies) >= 0;
  it(`${isSupported ? "apply" : "are ignored even"} with NODE_USE_ENV_PROXY`, async () => {
    const expected = isSupported ? exceptNoProxy : direct;
    expect(await routes({ NO_PROXY: "127.0.0.1", NODE_USE_ENV_PROXY: "1" })).toMatchObject({
      auto: expected,
      fetch: expected,
      "node-http": expected,
      "undiciFetch()": direct,
    });
  });
});
