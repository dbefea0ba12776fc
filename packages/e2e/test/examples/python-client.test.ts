import { readdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OperationId, operations } from "@memory-api/types";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { run } from "../support/run.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { type InstalledExample, installExample } from "./install-example.ts";

const program = fileURLToPath(new URL("../../../../examples/python-client/sign_up.py", import.meta.url));
const python = process.env["PYTHON"] ?? "python3";
const pythonSkip = await run(python, ["-c", "import sys; assert sys.version_info >= (3, 11)"]).then(
  () => undefined,
  () => `${python} is not Python 3.11 or later: install it, or set PYTHON to the path of one`,
);
/** The generator names a function after its operation. */
const functionName = (id: string) => id.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** The generator does not support CSV. */
const isGenerated = (id: string) => id !== ("uploadImportFile" satisfies OperationId);

describe("the program of the python-client example", () => {
  it("is valid Python", async ({ skip }) => {
    skip(pythonSkip !== undefined, pythonSkip);
    await run(python, ["-c", "import ast, sys; ast.parse(open(sys.argv[1]).read())", program]);
  });

  it("imports only operations that the contract has", async () => {
    const [, imported = ""] =
      /^from memory_api\.api\.profiles import (.+)$/m.exec(await readFile(program, "utf8")) ?? [];
    expect(imported).not.toBe("");
    expect(Object.keys(operations).map(functionName)).toEqual(expect.arrayContaining(imported.split(", ")));
  });
});

if (process.env["SOAK"] === "1") {
  describe("the client that is generated in the python-client example", () => {
    let example: InstalledExample;
    let sandbox: ServerProcess;
    let installed: Promise<string>;
    const programs = () => join(example.folder, ".venv", process.platform === "win32" ? "Scripts" : "bin");

    beforeAll(async () => {
      if (pythonSkip !== undefined) return;
      [example, sandbox] = await Promise.all([installExample("python-client"), startServerProcess(["--sandbox"])]);
      await run(python, ["-m", "venv", join(example.folder, ".venv")]);
      installed = run(join(programs(), "python"), ["-m", "pip", "install", "--requirement", "requirements.txt"], {
        cwd: example.folder,
      });
      await installed.catch(() => {});
    }, 900_000);
    beforeEach(async ({ skip }) => {
      skip(pythonSkip !== undefined, pythonSkip);
      const reason = await installed.then(
        () => undefined,
        () =>
          "PyPI cannot be reached: run `pip install --requirement examples/python-client/requirements.txt` to see why",
      );
      skip(reason !== undefined, reason);
    });
    afterAll(async () => {
      await sandbox?.stop();
      await example?.remove();
    });

    it("has a function for each operation but the upload", async () => {
      await example.runScript("generate", { PATH: [programs(), process.env["PATH"]].join(delimiter) });
      const files = await readdir(join(example.folder, "memory_api/api"), { recursive: true });
      const functions = files.map((file) => /(\w+)\.py$/.exec(file)?.[1]).filter((name) => name !== undefined);
      expect(functions.filter((name) => name !== "__init__").sort()).toEqual(
        Object.keys(operations).filter(isGenerated).map(functionName).sort(),
      );
    }, 300_000);

    it("creates and fetches a profile of the server, and reads its errors", async () => {
      const env = {
        MEMORY_BASE_URL: sandbox.url,
        TWILIO_API_KEY: sandbox.apiKey,
        TWILIO_API_SECRET: sandbox.apiSecret,
      };
      const printed = await run(join(programs(), "python"), ["sign_up.py"], { cwd: example.folder, env });
      const [rejection, profile] = printed.split("\n");
      expect(rejection).toContain("/traits/Contact/email is empty");
      expect(profile).toMatch(/^mem_profile_\w{26} .+'email': 'ada\.reyes@example\.com'/);
    });
  });
}
