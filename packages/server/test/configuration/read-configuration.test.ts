import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../src/configuration/read-configuration.ts";
import { temporaryFolder } from "./temporary-folder.ts";

async function fileWith(text: string, name = "memory.yaml"): Promise<string> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, text);
  return file;
}

const textWith = (MEMORY_CONFIGURATION: string) => readConfiguration({}, { MEMORY_CONFIGURATION });

describe("reading the configuration", () => {
  it("returns an empty configuration by default, relative to the working directory", async () => {
    expect(await readConfiguration({}, {})).toEqual({ configuration: {}, folder: process.cwd() });
  });

  it.each([
    ["YAML", "# mine\nport: 1\nhost: ::1\n"],
    ["JSON", '{"port": 1, "host": "::1"}'],
  ])("reads a file in %s, relative to its folder", async (_, text) => {
    const file = await fileWith(text);
    expect(await readConfiguration({ config: file }, {})).toEqual({
      configuration: { port: 1, host: "::1" },
      folder: join(file, ".."),
      name: file,
    });
  });

  it("reads a file that contains only comments", async () => {
    const { configuration } = await readConfiguration({}, { MEMORY_CONFIG: await fileWith("# port: 1\n") });
    expect(configuration).toEqual({});
  });

  it("reads MEMORY_CONFIGURATION", async () => {
    expect((await textWith("{port: 1}")).configuration).toEqual({ port: 1 });
  });

  it("rejects two configurations, unless there is an option", async () => {
    const environment = { MEMORY_CONFIG: await fileWith("port: 1"), MEMORY_CONFIGURATION: "port: 2" };
    await expect(readConfiguration({}, environment)).rejects.toThrow(
      "\nMEMORY_CONFIGURATION: must not be set together with MEMORY_CONFIG",
    );
    const { configuration } = await readConfiguration({ config: await fileWith("port: 3") }, environment);
    expect(configuration).toEqual({ port: 3 });
  });

  it("reports a file that does not exist, or is a folder", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "folder"));
    await expect(readConfiguration({ config: join(folder, "none") }, {})).rejects.toThrow(
      "none: cannot be read (ENOENT)",
    );
    await expect(readConfiguration({ config: join(folder, "folder") }, {})).rejects.toThrow("cannot be read (EISDIR)");
  });

  it("keeps the names of built-in properties", async () => {
    const { configuration } = await textWith(
      "stores: [{id: mem_store_00000000000000000000000000, traitGroups: {__proto__: {traits: {constructor: {dataType: STRING}}}}}]",
    );
    expect(Object.entries(configuration.stores?.[0]?.traitGroups ?? {})).toEqual([
      ["__proto__", { traits: { constructor: { dataType: "STRING" } } }],
    ]);
  });
});

describe("precedence", () => {
  const environment = {
    MEMORY_HOST: "0.0.0.0",
    PORT: "2",
    DATABASE_URL: "postgres://environment",
    MEMORY_DATA: "/environment",
    MEMORY_PUBLIC_URL: "https://environment",
    MEMORY_ERROR_DOCS_URL: "https://environment/errors/",
    MEMORY_TRUSTED_PROXIES: "10.0.0.0/8, 127.0.0.1",
    MEMORY_LOG_LEVEL: "warn",
  };

  it("lets the environment override the file", async () => {
    const file = await fileWith("host: file\nport: 1\ndata: file\nlogLevel: error\nsandbox: {seed: file}");
    const { configuration } = await readConfiguration({}, { ...environment, MEMORY_CONFIG: file });
    expect(configuration).toEqual({
      host: "0.0.0.0",
      port: 2,
      databaseUrl: "postgres://environment",
      data: "/environment",
      publicUrl: "https://environment",
      errorDocsUrl: "https://environment/errors/",
      trustedProxies: ["10.0.0.0/8", "127.0.0.1"],
      logLevel: "warn",
      sandbox: { seed: "file" },
    });
  });

  it("lets options override the environment", async () => {
    const options = { host: "option", port: "3", data: "/option", "log-level": "debug" };
    const { configuration } = await readConfiguration(options, environment);
    expect(configuration).toMatchObject({ host: "option", port: 3, data: "/option", logLevel: "debug" });
  });

  it("ignores a variable that is empty", async () => {
    const { configuration } = await readConfiguration({}, { PORT: "", DATABASE_URL: "", MEMORY_CONFIG: "" });
    expect(configuration).toEqual({});
  });

  it("enables the sandbox with an option, with the settings of the file", async () => {
    expect((await readConfiguration({ sandbox: true }, {})).configuration).toEqual({ sandbox: {} });
    const MEMORY_CONFIGURATION = "sandbox: {seed: mine}";
    const { configuration } = await readConfiguration({ sandbox: true }, { MEMORY_CONFIGURATION });
    expect(configuration).toEqual({ sandbox: { seed: "mine" } });
  });

  it("resolves a data folder in a variable against the working directory", async () => {
    const config = await fileWith("data: file");
    expect((await readConfiguration({ config }, { MEMORY_DATA: "said" })).configuration).toEqual({
      data: join(process.cwd(), "said"),
    });
  });
});

describe("a mistake in the configuration", () => {
  it.each([
    ["port: 1\n  host: x", "1:7: is not valid YAML (block as implicit key)"],
    ["port: 1\nport: 2", "2:1: is not valid YAML (duplicate key)"],
    ['{\n  "port": 1\n  "host": "x"\n}', "2:11: is not valid YAML (multiline implicit key)"],
    ["port: 1\nhost: *x", "2:7: refers to an unknown anchor"],
    ["port: 1\nhost: !x y", "2:7: is not valid YAML (tag resolve failed)"],
    ["port: 1\n---\nport: 2", "2:1: is not valid YAML (multiple docs)"],
  ])("in %j is reported with line and column", async (text, mistake) => {
    const config = await fileWith(text);
    await expect(readConfiguration({ config }, {})).rejects.toThrow(`${config}:${mistake}`);
  });

  it("has the name of its file, variable or option", async () => {
    const config = await fileWith("port: x");
    const environment = { PORT: "web", MEMORY_LOG_LEVEL: "loud", MEMORY_TRUSTED_PROXIES: "x" };
    await expect(readConfiguration({ config, port: "0x10" }, environment)).rejects.toThrow(
      new RegExp(
        `^The configuration ${config} is invalid.\n/port: must be integer\nPORT: must be integer\nMEMORY_TRUSTED_PROXIES/0: .*\nMEMORY_LOG_LEVEL: must be .*\n--port: must be integer$`,
      ),
    );
  });

  it.each([
    "postgres://user:hunter2@host/name",
    "postgres://:hunter2@host",
    "postgres://user:hunter2@/name?host=/socket",
    "postgresql://user@host?password=hunter2",
    "postgres:///name?host=/socket&password=hunter2",
  ])("is the password in %s, unless it is in the environment", async (databaseUrl) => {
    const text = JSON.stringify({ databaseUrl });
    const rejection = await readConfiguration({ config: await fileWith(text) }, {}).catch(String);
    expect(rejection).toMatch(
      /\n\/databaseUrl: must not contain a password; set DATABASE_URL or databaseUrlFile instead$/,
    );
    expect(rejection).not.toContain("hunter2");
    expect((await readConfiguration({}, { DATABASE_URL: databaseUrl })).configuration).toEqual({ databaseUrl });
    expect((await textWith(text)).configuration).toEqual({ databaseUrl });
  });

  it.each(["postgres://user@host:5432/name", "postgres://host/name?application_name=a@b", "postgres://user@/name"])(
    "is not the URL %s, which has no password",
    async (databaseUrl) => {
      const config = await fileWith(JSON.stringify({ databaseUrl }));
      expect((await readConfiguration({ config }, {})).configuration).toEqual({ databaseUrl });
    },
  );

  it.each([
    "databaseUrl: mysql://user:hunter2@host",
    "databaseUrl: *hunter2",
    "databaseUrl: !hunter2 x",
    'databaseUrl: "\\hunter2"',
    "databaseUrl: |hunter2",
    "databaseUrl: 'postgres://hunter2",
    "databaseUrl: `hunter2`",
    "databaseUrl: [hunter2]",
    "databaseUrl: @hunter2: hunter2",
    "databaseUrl: a: hunter2",
    "hunter2",
    "accounts: [{sid: hunter2, credentials: [{username: SK1, secret: hunter2}]}]",
    "accounts: [{sid: x, credentials: [hunter2]}]",
    "accounts: [{sid: x, credentials: [{username: SK1, secretSha256: hunter2}]}]",
  ])("does not reveal the secret in %j", async (text) => {
    const rejection = await textWith(text).catch((error) => error);
    expect(rejection.name).toBe("ConfigurationError");
    expect(`${rejection.stack}${JSON.stringify(rejection.mistakes)}${String(rejection.cause)}`).not.toContain(
      "hunter2",
    );
  });

  it("does not reveal the secret in a variable", async () => {
    const rejection = await readConfiguration({}, { DATABASE_URL: "mysql://user:hunter2@host" }).catch(
      (error) => error,
    );
    expect(rejection.message).toMatch(/DATABASE_URL: must match pattern/);
    expect(rejection.message).not.toContain("hunter2");
  });
});
