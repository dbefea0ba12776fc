import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHECKS } from "../../src/checks/catalogue.ts";
import type { Target } from "../../src/target.ts";
import { startFaultyProxy } from "../support/faulty-proxy.ts";
import { ACCOUNT, OTHER_ACCOUNT, type StartedServer, startServer } from "../support/start-server.ts";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "memory-conformance-cli-"));
let server: StartedServer;
let faulty: Awaited<ReturnType<typeof startFaultyProxy>>;
beforeAll(async () => {
  server = await startServer();
  // It repeats the credentials in every form in which it received them.
  faulty = await startFaultyProxy(server.target, async (request, forward) => {
    const response = await forward();
    if (!request.target.includes("/Imports")) return response;
    const text = `${ACCOUNT.password} ${request.header("authorization")}\n::error::injected`;
    return response
      .withStatus(418)
      .withHeader("X-Echo", ACCOUNT.password)
      .withBody(text)
      .withHeader("Content-Type", undefined);
  });
});
afterAll(async () => {
  await faulty?.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Result {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a user would. */
function command(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  onFirstOutput: (child: ChildProcess) => void = () => {},
): Promise<Result> {
  const { MEMORY_USER: _, MEMORY_PASSWORD: __, GITHUB_STEP_SUMMARY: ___, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...inherited, MEMORY_PASSWORD: ACCOUNT.password, ...environment },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.once("data", () => onFirstOutput(child));
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

const access = ({ baseUrl }: Target) => [baseUrl, "--store", ACCOUNT.storeId, "--user", ACCOUNT.username];
const smoke = ["--only", "smoke", "--immediate"];

describe("memory-conformance", () => {
  it("exits with 0 if the implementation conforms to the contract", async () => {
    const { exitCode, stdout, stderr } = await command([...access(server.target), ...smoke, "--seed", "1"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("Seed 1, run ID ");
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^No violations found, .*[\d.]+ % of the contract covered\.$/);
  });

  it("exits with 1 if it is not, and never prints or writes a secret", async () => {
    const files = ["junit", "json", "sarif", "html"].map(
      (name) => `--reporter=${name}=${join(folder, "reports", name)}`,
    );
    const { exitCode, stdout, stderr } = await command(
      [...access(faulty.target), ...smoke, "--reporter", "terminal", "--reporter", "github", ...files],
      { GITHUB_STEP_SUMMARY: join(folder, "reports", "summary") },
    );
    expect(exitCode).toBe(1);
    const written = readdirSync(join(folder, "reports")).map((name) =>
      readFileSync(join(folder, "reports", name), "utf8"),
    );
    expect(written).toHaveLength(files.length + 1);
    const pair = Buffer.from(`${ACCOUNT.username}:${ACCOUNT.password}`).toString("base64");
    for (const text of [stdout, stderr, ...written]) {
      expect(text).not.toContain(ACCOUNT.password);
      expect(text).not.toContain(pair);
    }
    for (const text of [stdout, stderr]) expect(text).not.toMatch(/^\s*::error::injected/m);
    for (const text of [stdout, ...written]) expect(text).toContain("undocumented-status");
    expect(stdout).toContain('-u "$MEMORY_USER:$MEMORY_PASSWORD"');
    expect(stdout).toMatch(/^::error file=node_modules\/@memory-api\/spec\/dist\/openapi\.yaml,line=\d+,title=/m);
  });

  it("writes a document to standard output, and the progress to standard error", async () => {
    const reporters = ["--reporter", "terminal", "--reporter", "json"];
    const { exitCode, stdout, stderr } = await command([...access(server.target), ...smoke, ...reporters]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ format: 1, verdict: { exitCode: 0 } });
    expect(stderr).toContain("No violations found, ");
  });

  it("accepts findings that are expected, and exits with 1 if they do not occur", async () => {
    const file = join(folder, "expected-failures.yaml");
    const codes = ["undocumented-status", "invalid-error-body", "valid-request-rejected"];
    const entries = codes.map((code) => `- { code: ${code}, reason: The imports are not ready., since: 2026-01-31 }\n`);
    writeFileSync(file, entries.join(""));
    const options = ["--expected-failures", file];
    const expected = await command([...access(faulty.target), ...smoke, ...options]);
    expect(expected.stdout).toContain("The imports are not ready.");
    expect(expected.exitCode).toBe(0);
    // Every phase, since a part of them is no reason to say that a failure did not occur.
    const passed = await command([...access(server.target), "--immediate", "--read-only", ...options]);
    expect(passed.stdout).toContain("The expected failure undocumented-status did not occur. Remove its entry.");
    expect(passed.exitCode).toBe(1);
  }, 180_000);

  it("exits with 1 if the coverage is too low", async () => {
    const { exitCode, stdout } = await command([...access(server.target), ...smoke, "--min-coverage", "100"]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/The coverage is [\d.]+ %, below the minimum of 100 %\.\n$/);
  });

  it.each<[string, () => readonly string[], Readonly<Record<string, string>>, string]>([
    [
      "the implementation cannot be reached",
      () => access({ ...server.target, baseUrl: "http://127.0.0.1:1" }),
      {},
      "The implementation cannot be reached. GET http://127.0.0.1:1/v1/Stores/",
    ],
    [
      "the credentials are rejected",
      () => access(server.target),
      { MEMORY_PASSWORD: "secret-of-the-wrong-account" },
      "Check --user and the password.",
    ],
    [
      "the store belongs to another account",
      () => [...access(server.target), "--store", OTHER_ACCOUNT.storeId],
      {},
      "Check whether the account has access to --store.",
    ],
    [
      "the store does not exist",
      () => [...access(server.target), "--store", "mem_store_00000000000000000000000009"],
      {},
      "Check --store and the path of the base URL.",
    ],
    ["the store ID is malformed", () => [...access(server.target), "--store", "my-store"], {}, "Check --store."],
    ["the password is missing", () => access(server.target), { MEMORY_PASSWORD: "" }, "MEMORY_PASSWORD is not set"],
    ["an option is unknown", () => ["--no-such-option"], {}, "Unknown option '--no-such-option'."],
    [
      "the target is not on this machine",
      () => access({ ...server.target, baseUrl: "http://memory.example.com" }),
      {},
      "memory.example.com is not on this machine.",
    ],
    [
      "the expected failures cannot be read",
      () => [...access(server.target), "--expected-failures", "/no/such/file"],
      {},
      "/no/such/file cannot be read",
    ],
    [
      "a report cannot be written",
      () => [...access(server.target), "--reporter", `html=${join(CLI, "report.html")}`],
      {},
      `${join(CLI, "report.html")} cannot be written`,
    ],
    ["there is no such check", () => ["explain", "server-problem"], {}, "Similar codes: server-error."],
  ])("exits with 2 if %s", async (_, args, environment, message) => {
    const { exitCode, stdout, stderr } = await command(args(), environment);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(`memory-conformance: `);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("secret-of-the");
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it("exits with 2 and writes the reports if a name selects nothing", async () => {
    const file = join(folder, "nothing.xml");
    const { exitCode, stdout } = await command([
      ...access(server.target),
      ...["--only", "smok/profile", "--reporter", "terminal", "--reporter", `junit=${file}`],
    ]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('"only" contains smok/profile, which matches no phase or scenario of this run.');
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8")).toContain("<failure");
  });

  it("writes its reports and exits with 2 if it is interrupted", async ({ skip }) => {
    skip(process.platform === "win32", "Windows has no signals");
    const file = join(folder, "interrupted.json");
    const reporters = ["--reporter", "terminal", "--reporter", `json=${file}`];
    const args = [...access(server.target), "--immediate", ...reporters];
    const { exitCode } = await command(args, {}, (child) => child.kill("SIGINT"));
    expect(exitCode).toBe(2);
    const { problems, notRun } = JSON.parse(readFileSync(file, "utf8"));
    expect(problems).toContain("The run was stopped before it was complete.");
    expect(notRun).toContainEqual(expect.objectContaining({ reason: "the run was stopped" }));
  });

  it("explains every check", async () => {
    const list = await command(["explain"]);
    expect(list.exitCode).toBe(0);
    expect(
      list.stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual([...CHECKS.keys()]);
    const page = await command(["explain", "server-error"]);
    expect(page.exitCode).toBe(0);
    expect(page.stdout).toContain("A request causes a 5xx response\n\nCode:       server-error\n");
    expect(page.stdout).toContain(CHECKS.get("server-error")?.explanation);
  });

  it("prints its version and help", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect((await command(["--version"])).stdout).toBe(`${version}\n`);
    expect((await command(["--help"])).stdout).toMatch(/^Usage: memory-conformance <base-url>/);
  });
});
