import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { memoryServer, outcomeOf } from "../command/memory-server.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { describeEngines, type Engine } from "../support/engines.ts";
import { canary, startCanaryServer } from "./canary-server.ts";
import { breakStorage, failEverywhere, useEverything } from "./canary-traffic.ts";

const tests = (engine: Engine) => {
  it("reach the server, and are never printed, even if a request fails", async () => {
    const server = await startCanaryServer(await engine.newPlace());
    const tokens = [...(await useEverything(server)), ...(await failEverywhere(server))];
    await breakStorage(server);
    const output = await server.output();

    const statuses = [200, 201, 202, 400, 401, 403, 404, 405, 409, 413, 415, 500, 503];
    for (const status of statuses) expect(output).toContain(`"status":${status},`);
    for (const message of ["request failed", "import ended"]) expect(output).toContain(`"msg":"${message}"`);
    expect(output).not.toMatch(/canary-/i);
    expect(output).not.toContain(Buffer.from(server.login.join(":")).toString("base64"));
    for (const token of tokens) expect(output).not.toContain(token.slice(token.lastIndexOf(".") + 1));
  });
};
describeEngines("secrets and trait values", tests, false);

describe("secrets of an invalid configuration", () => {
  it.each<[what: string, configuration: string]>([
    ["are in the wrong place", `accounts: [{ sid: AC0, secret: ${canary()} }]`],
    ["are not a digest", `accounts: [{ sid: AC0, credentials: [{ username: SK0, secretSha256: "${canary()}" }] }]`],
    ["are in a URL of another database", `databaseUrl: mysql://user:${canary()}@127.0.0.1/x`],
    ["are in an invalid URL", `databaseUrl: "postgres://user:${canary()}@:x:/"`],
    ["are in text that is not YAML", `signingKeys: [{ secret: ${canary()} ]`],
    ["are in an unknown setting", `{ signingKeys: [{ id: a, secretFile: x, key: ${canary()} }] }`],
  ])("are not printed if they %s", async (_, configuration) => {
    const environment = { MEMORY_CONFIGURATION: configuration, MEMORY_DATA: await temporaryFolder() };
    const { code, printed, complaint } = await outcomeOf(memoryServer([], { environment }));
    expect(code).toBe(1);
    expect(complaint).toMatch(/^memory-server: /);
    expect(printed + complaint).not.toMatch(/canary-/);
  });

  it("are not printed if the database is unreachable", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "key"), canary());
    const configuration = {
      databaseUrl: `postgres://user:${canary()}@127.0.0.1:1/database`,
      accounts: [{ sid: `AC${"0".repeat(32)}`, credentials: [{ username: "SK0", secretSha256: "0".repeat(64) }] }],
      signingKeys: [{ id: "key", secretFile: "key" }],
    };
    const environment = { MEMORY_CONFIGURATION: JSON.stringify(configuration) };
    const { code, printed, complaint } = await outcomeOf(memoryServer([], { cwd: folder, environment }));
    expect(code).toBe(1);
    expect(complaint).toContain("ECONNREFUSED");
    expect(printed + complaint).not.toMatch(/canary-/);
  });
});
