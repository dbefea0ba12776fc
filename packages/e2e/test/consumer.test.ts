import { readFileSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { operations } from "@memory-api/types";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { installConsumer, oldestNodeVersion, oldestServerNodeVersion } from "./consumer/install-consumer.ts";
import { startListeningProcess } from "./consumer/listening-process.ts";
import { run } from "./support/run.ts";

const workflow = new URL("../../../examples/node-consumer/.github/workflows/contract.yml", import.meta.url);
/** The commands of the steps in the workflow of the consumer. */
const contractCommands = [...readFileSync(workflow, "utf8").matchAll(/^ +- run: (.*)$/gm)].map(
  ([, command = ""]) => command,
);

/** Changes that make the consumer wrong, and what its contract test prints then. */
const wrongConsumers = [
  {
    does: "sends a property that does not exist",
    file: "sync-contacts.js",
    from: "body: { traits: traitsOf(newCustomer) }",
    to: "body: { trait: traitsOf(newCustomer) }",
    finds: /invalid-request-body[\s\S]*createProfile[\s\S]*must have no property trait \(did you mean traits\?\)/,
  },
  {
    does: "misspells a query parameter",
    file: "sync-contacts.js",
    from: "pageSize: 3",
    to: "pagesize: 3",
    finds: /unknown-query-parameter[\s\S]*listProfiles[\s\S]*\(did you mean pageSize\?\)/,
  },
  {
    does: "reads a property that does not exist",
    file: "sync-contacts.js",
    from: "found.createdAt",
    to: "found.createdat",
    finds: /unknown-response-property[\s\S]*fetchProfile[\s\S]*a read of \/createdat/,
  },
  {
    does: "uses something else than its manifest says",
    file: "sync-contacts.js",
    from: ', orderBy: "DESC"',
    to: "",
    finds: /memory-usage\.json is not up to date[\s\S]*- listProfiles sends query\/orderBy/,
  },
];

let folder: string;
let oldestNode: string;
let oldestServerNode: string;
const pathOf = (path: string) => join(folder, path);

const consumerTypeScript = () => pathOf("node_modules/typescript/package.json");
const workspaceTypeScript = () => createRequire(import.meta.url).resolve("typescript/package.json");
const compilers = { "5.9": consumerTypeScript, "7": workspaceTypeScript };
const resolutions = {
  nodenext: ["--module", "nodenext", "--moduleResolution", "nodenext"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
};
const nodes = {
  "the Node.js of this repository": () => process.execPath,
  "the oldest supported Node.js": () => oldestNode,
};

const tsc = (manifest: string, args: string[]) =>
  run(process.execPath, [join(manifest, "../bin/tsc"), "--skipLibCheck", "false", ...args], { cwd: folder });

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "memory-api-consumer-")));
  ({ oldestNode, oldestServerNode } = await installConsumer(folder));
  await tsc(consumerTypeScript(), ["--project", "."]);
}, 900_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(Object.entries(compilers))("TypeScript %s", (version, manifest) => {
  it("has the expected version", async () => {
    expect(await tsc(manifest(), ["--version"])).toContain(`Version ${version}.`);
  });

  // The project itself is compiled by 5.9 with nodenext before all tests.
  it.each(Object.entries(resolutions).filter(([name]) => version !== "5.9" || name !== "nodenext"))(
    "compiles the consumer with the module resolution %s, including declarations",
    async (_, resolution) => {
      await tsc(manifest(), ["--project", ".", "--noEmit", ...resolution]);
    },
  );
});

describe.each(Object.entries(nodes))("on %s", (_, node) => {
  it("the consumer calls every operation of the mock", async () => {
    const mock = await startListeningProcess(node(), pathOf("node_modules/@memory-api/mock/dist/cli.js"));
    onTestFinished(async () => void (await mock.stop()));
    const printed = await run(node(), [pathOf("dist/main.js")], { env: { MEMORY_BASE_URL: mock.url } });
    const used = printed.trim().split("\n");
    expect(used.map((line) => line.split(": ")[0]).sort()).toEqual(Object.keys(operations).sort());
  });

  it("openapi-fetch calls every operation of the mock but the upload, both with the types alone and with the client", async () => {
    const mock = await startListeningProcess(node(), pathOf("node_modules/@memory-api/mock/dist/cli.js"));
    onTestFinished(async () => void (await mock.stop()));
    const script = `
      import createClient from "openapi-fetch";
      import { createFetchClient } from "@memory-api/client/openapi-fetch";
      import { callAll } from ${JSON.stringify(pathOf("dist/openapi-fetch-calls.js"))};
      const [baseUrl, credentials] = [${JSON.stringify(mock.url)}, { apiKey: "any", apiSecret: "any" }];
      const bare = await callAll(createClient({ baseUrl, headers: { Authorization: "Basic " + btoa("any:any") } }));
      const client = await callAll(createFetchClient({ baseUrl, credentials }));
      console.log(JSON.stringify({ bare, client }));`;
    const { bare, client } = JSON.parse(await run(node(), ["--input-type=module", "--eval", script], { cwd: folder }));
    expect(client).toEqual(bare);
    expect(client, "Update consumer/openapi-fetch-calls.ts").toHaveLength(Object.keys(operations).length - 1);
    expect(client).not.toContain(null);
  });

  it("the tests of the consumer pass", async () => {
    expect(await run(node(), ["--test", pathOf("dist/find-profile.test.js")])).toMatch(/pass 2\n/);
  });

  it("CommonJS code can require the packages", async () => {
    const packages = ["client", "client/openapi-fetch", "conformance/consumer", "mock", "spec", "types"].map(
      (name) => `@memory-api/${name}`,
    );
    const script = `for (const name of ${JSON.stringify(packages)}) console.log(name, Object.keys(require(name)).length > 0)`;
    const printed = await run(node(), ["--eval", script], { cwd: folder });
    expect(printed.trim().split("\n")).toEqual(packages.map((name) => `${name} true`));
  });
});

describe("the contract test of the consumer", () => {
  const [step = ""] = contractCommands.filter((command) => !command.startsWith("npm install"));

  it("passes as the steps of its workflow, with the manifest that is checked in", async () => {
    expect(contractCommands).toEqual(["npm install --no-save memory-api/*.tgz", "npm test"]);
    const printed = await run("sh", ["-c", step], { cwd: folder, env: { MEMORY_USAGE: "check", ...nodeOnPath() } });
    expect(printed).toMatch(/pass 6\n/);
  });

  it("writes the manifest that is checked in", async () => {
    const before = JSON.parse(await readFile(pathOf("memory-usage.json"), "utf8"));
    await rm(pathOf("memory-usage.json"));
    await run(process.execPath, ["--test", pathOf("dist/contract.test.js")], { env: { MEMORY_USAGE: "update" } });
    expect(JSON.parse(await readFile(pathOf("memory-usage.json"), "utf8"))).toEqual(before);
  });

  it.each(wrongConsumers)("fails if the consumer $does", async ({ file, from, to, finds }) => {
    const wrong = pathOf("dist-wrong");
    await cp(pathOf("dist"), wrong, { recursive: true });
    onTestFinished(() => rm(wrong, { recursive: true }));
    const code = await readFile(join(wrong, file), "utf8");
    expect(code).toContain(from);
    await writeFile(join(wrong, file), code.replace(from, to));
    const running = run(process.execPath, ["--test", join(wrong, "contract.test.js")]);
    await expect(running).rejects.toThrow(finds);
  });
});

describe.each(Object.entries(nodes))("the consumer kit on %s", (_, node) => {
  it("holds requests to the mock against the contract", async () => {
    const script = `
      import { createUsage } from "@memory-api/conformance/consumer";
      import { startMock } from "@memory-api/mock";
      const mock = await startMock();
      const usage = createUsage({ onFinding: "collect" });
      const url = mock.url + "/v1/Stores/mem_store_00000000000000000000000000/Profiles?pagesize=3";
      const headers = { Authorization: "Basic " + btoa("any:any") };
      const page = await (await usage.wrap(mock.fetch())(url, { headers })).json();
      console.log(page.meta.nextToken.length > 0, usage.findings.map(({ code }) => code).join());
      console.log(JSON.stringify(usage.manifest().operations.listProfiles.responses));
      await mock.stop();`;
    const printed = await run(node(), ["--input-type=module", "--eval", script], { cwd: folder });
    expect(printed.split("\n")).toEqual([
      "true unknown-query-parameter",
      '{"200":{"headers":[],"reads":["/meta/nextToken"]}}',
      "",
    ]);
  });
});

describe.each(Object.entries(nodes))("the consumer kit with openapi-fetch on %s", (_, node) => {
  it("finds nothing, and sees what is read through the types alone and through the client", async () => {
    const script = `
      import createClient from "openapi-fetch";
      import { createFetchClient } from "@memory-api/client/openapi-fetch";
      import { createUsage } from "@memory-api/conformance/consumer";
      import { startMock } from "@memory-api/mock";
      import { callAll } from ${JSON.stringify(pathOf("dist/openapi-fetch-calls.js"))};
      const mock = await startMock();
      const credentials = { apiKey: "any", apiSecret: "any" };
      const headers = { Authorization: "Basic " + btoa("any:any") };
      const creators = [
        (fetch) => createClient({ baseUrl: mock.url, headers, fetch }),
        (fetch) => createFetchClient({ baseUrl: mock.url, credentials, fetch }),
      ];
      for (const create of creators) {
        const usage = createUsage({ onFinding: "collect" });
        await callAll(create(usage.wrap(mock.fetch())));
        usage.close();
        usage.assertNoFindings();
        const operations = Object.entries(usage.manifest().operations);
        console.log(operations.length, JSON.stringify(operations.map(([id, { responses }]) => [id, ...Object.values(responses).flatMap(({ reads }) => reads)])));
      }
      await mock.stop();`;
    const printed = await run(node(), ["--input-type=module", "--eval", script], { cwd: folder });
    const lines = printed.trim().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(/^9 /);
      expect(line).toContain('["deleteProfile","/message"]');
      expect(line).toMatch(/\["listProfiles","\/meta\/nextToken"/);
    }
  });
});

describe.each([
  ["the Node.js of this repository", () => process.execPath],
  ["the oldest Node.js that the server supports", () => oldestServerNode],
])("the server on %s", (_, node) => {
  it("runs a sandbox in the same process", async () => {
    const script = `
      import { createSandbox } from "@memory-api/server";
      const sandbox = await createSandbox();
      const { apiKey, apiSecret } = sandbox.credentials;
      const headers = { Authorization: "Basic " + btoa(apiKey + ":" + apiSecret), "Content-Type": "application/json" };
      const body = JSON.stringify({ traits: { Contact: { phone: "(415) 555-0123" } } });
      const profiles = sandbox.url + "/v1/Stores/" + sandbox.storeId + "/Profiles";
      console.log((await sandbox.fetch(profiles, { method: "POST", headers, body })).status);
      await sandbox.close();`;
    expect(await run(node(), ["--input-type=module", "--eval", script], { cwd: folder })).toBe("202\n");
  });

  it("accepts requests on a port, and exits with 0 when it is stopped", async () => {
    const command = pathOf("node_modules/@memory-api/server/dist/cli.js");
    const options = ["--sandbox", "--data", pathOf("server-data"), "--log-level", "warn"];
    const server = await startListeningProcess(node(), command, options);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });
});

describe("the server on a Node.js that is too old", () => {
  const message = `@memory-api/server needs Node.js ${oldestServerNodeVersion} or later; this is ${oldestNodeVersion}.0.`;

  it("can be imported, and createSandbox() rejects with the required version", async () => {
    const script = `
      import { createSandbox } from "@memory-api/server";
      await createSandbox().catch(({ message }) => console.log(message));`;
    const printed = await run(oldestNode, ["--input-type=module", "--eval", script], { cwd: folder });
    expect(printed).toBe(`${message}\n`);
  });

  it("prints the required version as a command", async () => {
    const command = pathOf("node_modules/@memory-api/server/dist/cli.js");
    await expect(run(oldestNode, [command, "--help"])).rejects.toThrow(`\nmemory-server: ${message}\n`);
  });
});

describe("the contract", () => {
  it("has a subpath for each of its files", async () => {
    const { resolve } = createRequire(pathOf("main.js"));
    const dist = pathOf("node_modules/@memory-api/spec/dist");
    const files = (await readdir(dist, { recursive: true })).filter((file) => /\.(json|yaml)$/.test(file));
    expect(files.length).toBeGreaterThan(40);
    expect(files.map((file) => resolve(`@memory-api/spec/${file}`))).toEqual(files.map((file) => join(dist, file)));
  });
});

const readmes = {
  "this repository": () => fileURLToPath(new URL("../../../README.md", import.meta.url)),
  client: () => pathOf("node_modules/@memory-api/client/README.md"),
  spec: () => pathOf("node_modules/@memory-api/spec/README.md"),
  types: () => pathOf("node_modules/@memory-api/types/README.md"),
};

describe.each(Object.entries(readmes))("the README of %s", (name, readme) => {
  it("contains examples that compile and run", async () => {
    const blocks = [...(await readFile(readme(), "utf8")).matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);
    // In the README of the client, the examples continue the first one. client-readme.test.ts runs them as one program.
    const examples = name === "client" ? blocks.slice(0, 1) : blocks;
    expect(examples).not.toEqual([]);
    const files = examples.map((_, index) => pathOf(`readme-of-${name.replace(" ", "-")}-${index}.ts`));
    await Promise.all(files.map((file, index) => writeFile(file, examples[index] ?? "")));
    const strict = ["--noEmit", "--ignoreConfig", "--strict", "--types", "node", ...resolutions.nodenext];
    await tsc(workspaceTypeScript(), [...files, ...strict]);
    const env = await startSandbox();
    for (const file of files) expect(await run(process.execPath, [file], { env })).not.toBe("");
  });
});

/** The environment in which `node` is the Node.js of this repository. */
function nodeOnPath(): NodeJS.ProcessEnv {
  return { PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter) };
}

/** Starts a sandbox, and returns the variables that `pnpm start` tells users to export. */
async function startSandbox(): Promise<NodeJS.ProcessEnv> {
  const readyFile = pathOf("ready.json");
  const command = pathOf("node_modules/@memory-api/server/dist/cli.js");
  const options = ["--sandbox", "--data", pathOf("readme-data"), "--ready-file", readyFile, "--log-level", "warn"];
  const server = await startListeningProcess(process.execPath, command, options);
  onTestFinished(async () => void (await server.stop()));
  const { url, apiKey, apiSecret } = JSON.parse(await readFile(readyFile, "utf8"));
  return { MEMORY_BASE_URL: url, TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret };
}
