import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPTIONS } from "../src/command/parse-command-line.ts";
import { parseTraits } from "../src/command/read-traits.ts";
import { parseExpectedFailures } from "../src/findings/expected-failures.ts";
import { REPORTER_NAMES } from "../src/reporters/reporters.ts";
import { ACCOUNT, type StartedServer, startServer } from "./support/start-server.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = (language: string) =>
  [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, text = ""]) =>
    found === language ? [text] : [],
  );

const folder = mkdtempSync(join(tmpdir(), "memory-conformance-readme-"));
let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the README", () => {
  it("names every option and reporter", () => {
    const { help: _, version: __, reporter: ___, ...options } = OPTIONS;
    for (const name of Object.keys(options)) expect(readme).toContain(`\`--${name}`);
    for (const name of REPORTER_NAMES) expect(readme).toContain(`| \`${name}\` |`);
  });

  it("shows a file of expected failures that is accepted", () => {
    const text = blocks("yaml").find((block) => block.includes("since:")) ?? "";
    expect(parseExpectedFailures(text, "README.md")).toHaveLength(1);
  });

  it("shows a file of traits that is accepted", () => {
    const text = blocks("yaml").find((block) => block.includes("dataType:")) ?? "";
    expect(Object.keys(parseTraits(text, "README.md"))).toEqual(["Contact", "Loyalty"]);
  });

  it("shows a program that runs", async () => {
    const program = blocks("ts").find((text) => text.includes("runConformance")) ?? "";
    const index = new URL("../src/index.ts", import.meta.url).href;
    const changed = program
      .replace("@memory-api/conformance", index)
      .replace("http://127.0.0.1:4010", server.target.baseUrl)
      .replace("listeners:", 'only: ["smoke"],\n  listeners:');
    writeFileSync(join(folder, "program.mts"), changed);
    const child = spawn(process.execPath, ["program.mts"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, MEMORY_USER: ACCOUNT.username, MEMORY_PASSWORD: ACCOUNT.password },
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    await new Promise((resolve) => child.on("close", resolve));
    expect(output).toMatch(/^No violations found, .* % of the contract covered\.\n$/);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("<h1>No violations found, ");
  });
});
