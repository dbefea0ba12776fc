import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { run } from "../support/run.ts";
import { startServerProcess } from "../support/server-process.ts";
import { codeBlocks } from "./code-blocks.ts";
import { compileExamples } from "./examples/compile-examples.ts";
import { csv } from "./examples/example-context.ts";
import { runExample } from "./examples/run-example.ts";

const blocks = codeBlocks(new URL("../../../client/README.md", import.meta.url));

describe("the code in the README of the client", () => {
  const code = blocks.filter(({ language }) => language === "ts");
  const errors = compileExamples(code.map((block) => block.code));

  it.each(code.map((block, index) => [block.heading, block.code, errors[index]] as const))(
    "compiles and runs: %s",
    async (_, text, errorsOfBlock) => {
      expect(errorsOfBlock).toEqual([]);
      await runExample(text);
    },
  );

  it("runs as one program", async () => {
    const folder = await createReaderFolder();
    await linkPackages(join(folder, "node_modules"));
    const program = join(folder, "program.ts");
    await writeFile(program, code.map((block) => block.code).join("\n"));
    const compiler = createRequire(import.meta.url)
      .resolve("typescript/package.json")
      .replace("package.json", "bin/tsc");
    const options = ["--noEmit", "--ignoreConfig", "--strict", "--types", "node", "--module", "nodenext"];
    await run(process.execPath, [compiler, program, ...options], { cwd: folder });
    expect(await run(process.execPath, [program], { cwd: folder })).toMatch(/^mem_profile_\w{26} \{/);
  });

  it("runs in a shell", async () => {
    const server = await startServerProcess(["--sandbox"]);
    onTestFinished(() => server.stop());
    const folder = await createReaderFolder();
    const commands = blocks.find(({ heading }) => heading === "The command")?.code ?? "";
    const { stdout } = await promisify(execFile)("sh", ["-ec", commands.replaceAll("npx ", "")], {
      cwd: folder,
      env: {
        PATH: [fileURLToPath(new URL("../../node_modules/.bin", import.meta.url)), process.env["PATH"]].join(delimiter),
        MEMORY_BASE_URL: server.url,
        MEMORY_STORE_ID: server.storeId,
        TWILIO_API_KEY: server.apiKey,
        TWILIO_API_SECRET: server.apiSecret,
      },
    });
    expect(stdout).toMatch(/^mem_profile_\w{26}$/m);
  });
});

/** Creates the folder of a reader, with the file that the README imports. */
async function createReaderFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "memory-readme-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "contacts.csv"), csv);
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  return folder;
}

/** Links the packages that the README imports. */
async function linkPackages(folder: string): Promise<void> {
  const packages = {
    "@memory-api": "../../node_modules/@memory-api",
    "@types": "../../../../node_modules/@types",
    "openapi-fetch": "../../node_modules/openapi-fetch",
    zod: "../../../client/node_modules/zod",
  };
  await mkdir(folder);
  for (const [name, path] of Object.entries(packages)) {
    await symlink(fileURLToPath(new URL(path, import.meta.url)), join(folder, name));
  }
}
