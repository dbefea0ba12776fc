import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { run } from "../support/run.ts";
import { type InstalledExample, installExample, nodeOnPath } from "./install-example.ts";

const isSoak = process.env["SOAK"] === "1";
const workflow = ".github/workflows/conformance.yml";

/** An implementation that accepts every request, and does nothing. */
const wrongServer = `
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
const server = createServer((_, response) => response.setHeader("Content-Type", "application/json").end("{}"));
server.listen(0, "127.0.0.1", () => {
  const url = "http://127.0.0.1:" + server.address().port;
  const storeId = "mem_store_00000000000000000000000000";
  writeFileSync("ready.json", JSON.stringify({ url, storeId, apiKey: "any", apiSecret: "any" }));
});`;

let example: InstalledExample;
let step: string;
beforeAll(async () => {
  example = await installExample("provider-ci");
  const commands = [...(await readFile(join(example.folder, workflow), "utf8")).matchAll(/^ +- run: (.*)$/gm)];
  [, step = ""] = commands.map(([, command = ""]) => command);
}, 900_000);
afterAll(() => example?.remove());

const runStep = (options: string) =>
  run("sh", ["-c", `${step} ${options}`], { cwd: example.folder, env: { ...nodeOnPath(), NO_COLOR: "1" } });

describe("the step of the workflow of the provider-ci example", () => {
  it.each([
    { profile: "the smoke tests", options: "--only smoke" },
    ...(isSoak ? [{ profile: "the profile quick", options: "" }] : []),
  ])(
    "passes $profile, writes its reports, and stops the implementation",
    async ({ options }) => {
      expect(await runStep(options)).toMatch(/no violations found/i);
      expect(await readFile(join(example.folder, "report.html"), "utf8")).toContain("<html");
      expect(await readFile(join(example.folder, "junit.xml"), "utf8")).toContain("<testsuites");
      const { url } = JSON.parse(await readFile(join(example.folder, "ready.json"), "utf8").catch(() => "{}"));
      expect(url).toBeUndefined();
    },
    900_000,
  );

  it("fails with the findings if the implementation violates the contract", async () => {
    const script = join(example.folder, "test-contract.sh");
    const content = await readFile(script, "utf8");
    onTestFinished(() => writeFile(script, content));
    await writeFile(join(example.folder, "wrong-server.mjs"), wrongServer);
    const wrong = content.replace(/node_modules\/\.bin\/memory-server .+ >/, "node wrong-server.mjs >");
    expect(wrong).not.toBe(content);
    await writeFile(script, wrong);
    const failure: unknown = await runStep("--only smoke").catch((error: unknown) => error);
    expect(failure).toMatchObject({ cause: { code: 1 }, message: expect.stringContaining("createProfile") });
  }, 900_000);
});
