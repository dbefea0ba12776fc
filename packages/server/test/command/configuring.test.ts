import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { memoryServer, outcomeOf, untilReady } from "./memory-server.ts";

describe("memory-server init", () => {
  it("writes a configuration that lacks only the files of its secrets, with the commands that create them", async () => {
    const cwd = await temporaryFolder();
    expect(await outcomeOf(memoryServer(["init"], { cwd }))).toMatchObject({ code: 0, complaint: "" });

    const config = ["--config", "memory.yaml"];
    const { code, complaint } = await outcomeOf(memoryServer(["check", ...config], { cwd }));
    expect(code).toBe(1);
    expect(complaint.split("\n").slice(1, -1)).toEqual([
      `/accounts/0/credentials/0/secretFile: the file ${join(cwd, "secrets/api-key")} cannot be read (ENOENT)`,
      `/signingKeys/0/secretFile: the file ${join(cwd, "secrets/signing-key")} cannot be read (ENOENT)`,
    ]);

    const example = await readFile(join(cwd, "memory.yaml"), "utf8");
    const commands = [...example.matchAll(/^# {3}((?:mkdir|node) .*)$/gm)].map(([, command]) => command);
    await promisify(execFile)("sh", ["-ec", commands.join("\n")], { cwd });
    expect(await outcomeOf(memoryServer(["check", ...config], { cwd }))).toEqual({
      code: 0,
      printed: `The configuration is valid. Stores: mem_store_00000000000000000000000000. Database: the embedded database in ${cwd}/memory-data.\n`,
      complaint: "",
    });
    expect(await untilReady(memoryServer([...config, "--port", "0"], { cwd }))).toContain("listens on");
  });

  it("does not overwrite a file", async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "mine.yaml"), "port: 1");
    expect(await outcomeOf(memoryServer(["init", "mine.yaml"], { cwd }))).toEqual({
      code: 1,
      printed: "",
      complaint: "memory-server: mine.yaml already exists. Specify another file.\n",
    });
    expect(await readFile(join(cwd, "mine.yaml"), "utf8")).toBe("port: 1");
  });

  it("accepts only one file", async () => {
    const cwd = await temporaryFolder();
    const { code, complaint } = await outcomeOf(memoryServer(["init", "a", "b"], { cwd }));
    expect([code, complaint]).toEqual([1, "memory-server: memory-server init accepts only one file.\n"]);
    expect(existsSync(join(cwd, "a"))).toBe(false);
  });
});

describe("memory-server check", () => {
  it("lists all mistakes, including those of environment variables", async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "memory.json"), '{"port": "web", "stores": [{"id": 1}]}');
    const environment = { MEMORY_CONFIG: "memory.json", PORT: "70000" };
    expect(await outcomeOf(memoryServer(["check"], { cwd, environment }))).toEqual({
      code: 1,
      printed: "",
      complaint: `memory-server: The configuration memory.json is invalid.
/port: must be integer
/stores/0/id: must be string
PORT: must be <= 65535
`,
    });
  });

  it("creates no files", async () => {
    const cwd = await temporaryFolder();
    expect(await outcomeOf(memoryServer(["check"], { cwd }))).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, "memory-data"))).toBe(false);
  });
});
