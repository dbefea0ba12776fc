import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const fixture = fileURLToPath(new URL("fixtures/refuse-one-request.ts", import.meta.url));

describe("the process of a mock", () => {
  it("prints no output of Prism, and leaves no server behind when it is killed", async () => {
    const child = spawn(process.execPath, [fixture], { stdio: ["ignore", "pipe", "pipe"] });
    const printed = Promise.all([text(child.stdout), text(child.stderr)]);
    const [line] = await once(child.stdout, "data");
    const url = String(line).trim();
    expect((await fetch(url)).status).toBe(404);

    child.kill("SIGKILL");
    await once(child, "exit");
    await expect(fetch(url)).rejects.toThrow("fetch failed");
    expect(await printed).toEqual([`${url}\n`, ""]);
  });
});
