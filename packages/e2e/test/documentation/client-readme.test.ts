import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { startServerProcess } from "../server/server-process.ts";
import { codeBlocks } from "./code-blocks.ts";
import { csv } from "./examples/at-hand.ts";
import { faultsOf } from "./examples/compile-examples.ts";
import { runExample } from "./examples/run-example.ts";

const blocks = codeBlocks(new URL("../../../client/README.md", import.meta.url));

describe("the code in the README of client", () => {
  const code = blocks.filter(({ language }) => language === "ts");
  const faults = faultsOf(code.map((block) => block.code));

  it.each(code.map((block, index) => [block.heading, block.code, faults[index]] as const))(
    "compiles and runs: %s",
    async (_, text, found) => {
      expect(found).toEqual([]);
      await runExample(text);
    },
  );

  it("runs on the command line", async () => {
    const server = await startServerProcess(["--sandbox"]);
    onTestFinished(() => server.stop());
    const folder = await mkdtemp(join(tmpdir(), "memory-readme-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "contacts.csv"), csv);
    const commands = blocks.find(({ heading }) => heading === "The command")?.code ?? "";
    const { stdout } = await promisify(execFile)("sh", ["-ec", commands.replaceAll("npx ", "")], {
      cwd: folder,
      env: {
        PATH: [fileURLToPath(new URL("../../node_modules/.bin", import.meta.url)), process.env["PATH"]].join(delimiter),
        MEMORY_BASE_URL: server.url,
        MEMORY_STORE_ID: server.storeId,
        TWILIO_API_KEY: server.username,
        TWILIO_API_SECRET: server.password,
      },
    });
    expect(stdout).toMatch(/^mem_profile_\w{26}$/m);
  });
});
