import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ACCOUNT, OTHER_ACCOUNT, type StartedServer, startServer } from "./support/start-server.ts";

const ACTION = fileURLToPath(new URL("../../../.github/actions/conformance/action.yml", import.meta.url));
const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const action = parse(readFileSync(ACTION, "utf8"));
const folder = mkdtempSync(join(tmpdir(), "memory-conformance-action-"));
let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
  // Runs this package instead of the published one, and records what it is called with.
  const npx = `#!/usr/bin/env bash\nprintf '%s\\n' "$@" > ${folder}/words\nshift 4\nexec ${process.execPath} ${CLI} "$@"\n`;
  writeFileSync(join(folder, "npx"), npx);
  chmodSync(join(folder, "npx"), 0o755);
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the step of the action as the runner does: with each input in the variable that the action names. */
function run(inputs: Readonly<Record<string, string>>): Promise<number | null> {
  const [step] = action.runs.steps;
  const values = Object.entries<string>(step.env).map(([name, expression]) => {
    const [, input = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
    return [name, inputs[input] ?? action.inputs[input].default];
  });
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step.run], {
      stdio: "ignore",
      env: {
        ...process.env,
        PATH: `${folder}${delimiter}${process.env["PATH"]}`,
        GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
        ...Object.fromEntries(values),
      },
    });
    child.on("error", reject);
    child.on("close", resolve);
  });
}

describe("the action", () => {
  const inputs = () => ({
    "base-url": server.target.baseUrl,
    store: ACCOUNT.storeId,
    user: ACCOUNT.username,
    password: ACCOUNT.password,
    reports: join(folder, "the reports"),
  });

  it("writes all reports and a summary, and succeeds if the implementation conforms to the contract", async () => {
    const more = {
      "other-store": OTHER_ACCOUNT.storeId,
      "other-user": OTHER_ACCOUNT.username,
      "other-password": OTHER_ACCOUNT.password,
      options: "--only\nsmoke\n\n--immediate\n",
    };
    expect(await run({ ...inputs(), ...more })).toBe(0);
    expect(readdirSync(join(folder, "the reports")).sort()).toEqual([
      "junit.xml",
      "report.html",
      "report.json",
      "report.sarif",
    ]);
    expect(readFileSync(join(folder, "summary.md"), "utf8")).toContain("✅ Conformance to the Memory API");
    const words = readFileSync(join(folder, "words"), "utf8").split("\n");
    expect(words.slice(0, 4)).toEqual(["--yes", "--package", "@memory-api/conformance", "memory-conformance"]);
    expect(words).toContain(OTHER_ACCOUNT.storeId);
    expect(words.join(" ")).not.toContain("secret-of-the");
  });

  it("fails with the exit code of the command", async () => {
    expect(await run({ ...inputs(), options: "--only\nsmoke\n--min-coverage\n100" })).toBe(1);
    expect(await run({ ...inputs(), password: "wrong" })).toBe(2);
  });

  it("runs no command that is in an input", async () => {
    const hostile = `$(touch ${folder}/hacked) \`touch ${folder}/hacked\`; touch ${folder}/hacked`;
    expect(await run({ ...inputs(), options: `--only\n${hostile}`, profile: hostile })).toBe(2);
    expect(readdirSync(folder)).not.toContain("hacked");
  });

  it("puts every input into a variable, and none into a script", () => {
    const [step, ...others] = action.runs.steps;
    expect(others).toEqual([]);
    expect(step.run).not.toContain("${{");
    const used = Object.values<string>(step.env).map((expression) => /inputs\.([\w-]+)/.exec(expression)?.[1]);
    expect(used.sort()).toEqual(Object.keys(action.inputs).sort());
  });
});
