import { describe, expect, it } from "vitest";
import { changedSettings } from "../../src/configuration/changed-settings.ts";
import { ConfigurationError } from "../../src/configuration/configuration-error.ts";
import type { Settings } from "../../src/configuration/settings.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";

describe("the settings of a reload", () => {
  it("name the properties of the configuration that differ", () => {
    const credentials = new Map([...settingsForTests.credentials].slice(1));
    const [[, store] = expect.fail("There is no store.")] = settingsForTests.stores;
    const next: Settings = {
      ...settingsForTests,
      credentials,
      stores: new Map([[storeId, store]]),
      rateLimits: { read: { perSecond: 1, burst: 1 } },
      limits: { requestsPerAccount: 1 },
      signingKeys: [{ id: "test", secret: new Uint8Array(32).fill(8) }],
      logLevel: "debug",
    };
    expect(changedSettings(settingsForTests, next)).toEqual([
      "accounts",
      "stores",
      "rateLimits",
      "limits",
      "signingKeys",
      "logLevel",
    ]);
  });

  it("may be equal, regardless of the order of accounts and stores", () => {
    const reversed = <Value>(map: ReadonlyMap<string, Value>) => new Map([...map].reverse());
    const { credentials, stores } = settingsForTests;
    const next = { ...settingsForTests, credentials: reversed(credentials), stores: reversed(stores) };
    expect(changedSettings(settingsForTests, next)).toEqual([]);
  });

  it.each<[string, Partial<Settings>]>([
    ["host", { host: "::1" }],
    ["port", { port: 1 }],
    ["publicUrl", { publicUrl: "https://memory.example.com" }],
    ["errorDocsUrl", { errorDocsUrl: "https://memory.example.com/errors/" }],
    ["trustedProxies", { trustedProxies: ["10.0.0.1"] }],
    ["data", { dataFolder: "/elsewhere" }],
    ["databaseUrl", { databaseUrl: "postgres://user:hunter2@127.0.0.1/name" }],
    ["databaseConnections", { databaseConnections: 1 }],
    ["imports", { imports: { leaseMs: 1, pollMs: 1 } }],
    ["timeouts", { timeouts: { ...settingsForTests.timeouts, drainMs: 1 } }],
    ["reloadSeconds", { reloadMs: 1000 }],
    ["sandbox", { sandbox: { seed: "sandbox" } }],
  ])("are refused if %s differs, which needs a restart", (property, change) => {
    const refuse = () => changedSettings(settingsForTests, { ...settingsForTests, ...change, logLevel: "debug" });
    const reason = "differs from the value in force; restart the server to change it, or restore that value";
    expect(refuse).toThrow(new ConfigurationError([{ path: `/${property}`, reason }]));
  });

  it("name all properties that need a restart, and no value", () => {
    const next = { ...settingsForTests, port: 1, databaseUrl: "postgres://user:hunter2@127.0.0.1/name" };
    expect(() => changedSettings(settingsForTests, next)).toThrow(/^The .+\n\/port: .+\n\/databaseUrl: [^\n]+$/);
    expect(() => changedSettings(settingsForTests, next)).not.toThrow("hunter2");
  });
});
