import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const children: ChildProcess[] = [];

function run(...options: string[]) {
  const { PORT: _, ...env } = process.env;
  const child = spawn(process.execPath, [cli, ...options], { env, stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return child;
}

/** Collects the output until the command is ready. */
async function untilReady(child: ReturnType<typeof run>): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === "Press Ctrl-C to stop.") break;
  }
  return lines.join("\n");
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

describe("memory-mock", () => {
  it("prints its URL, credentials, and a curl command that works when pasted", async () => {
    const printed = await untilReady(run("--port", "0"));
    expect(printed).toMatch(/on http:\/\/127\.0\.0\.1:\d+$/m);
    expect(printed).toContain("demo-key:demo-secret");

    const line = printed.match(/^curl .*$/m)?.[0];
    const { stdout } = await promisify(execFile)("sh", [
      "-c",
      `${line} --silent --show-error --write-out '\n%{http_code}'`,
    ]);
    const [body, status] = stdout.split("\n");
    expect(status).toBe("202");
    expect(JSON.parse(`${body}`)).toMatchObject({ id: expect.stringMatching(/^mem_profile_/) });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("exits on %s and releases its port", async (signal) => {
    const child = run("--port", "0");
    const url = (await untilReady(child)).match(/http:\S+$/m)?.[0] ?? "";
    expect((await fetch(url)).status).toBe(404);

    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("reports in one line that the port is in use", async () => {
    const port = (await untilReady(run("--port", "0"))).match(/:(\d+)$/m)?.[1] ?? "";
    const second = run("--port", port);
    const [printed, complaint, [code]] = await Promise.all([
      text(second.stdout),
      text(second.stderr),
      once(second, "exit"),
    ]);
    expect(code).toBe(1);
    expect(printed).toBe("");
    expect(complaint).toMatch(new RegExp(`^memory-mock: Cannot listen on port ${port} .*\\n$`));
  });

  it.each([
    [["--port", "web"], "memory-mock: The port must be an integer from 0 to 65535, not web.\n"],
    [["--port", "65536"], "memory-mock: The port option must be an integer from 0 to 65535. Received 65536.\n"],
    [["--nope"], "memory-mock: Unknown option '--nope'\n"],
  ])("rejects %j", async (options, complaint) => {
    const child = run(...options);
    expect(await Promise.all([text(child.stderr), once(child, "exit")])).toEqual([complaint, [1, null]]);
  });

  it("prints its help", async () => {
    const child = run("--help");
    expect(await text(child.stdout)).toMatch(/^Usage: memory-mock/);
  });
});
