import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { type InstalledExample, installExample } from "./install-example.ts";

let example: InstalledExample;
let sandbox: ServerProcess;
let worker: { url: string; stop(): Promise<void> };

beforeAll(async () => {
  [example, sandbox] = await Promise.all([installExample("worker"), startServerProcess(["--sandbox"])]);
  await example.runScript("build");
  worker = await startWorker();
}, 900_000);
afterAll(async () => {
  await worker?.stop();
  await sandbox?.stop();
  await example?.remove();
});

/** Starts the Worker on a free port, which workerd reports to its control file. */
async function startWorker(): Promise<typeof worker> {
  // The command of the package is a script of Node.js, which would not pass on the signal that stops workerd.
  const { default: workerd } = createRequire(join(example.folder, "package.json"))("workerd");
  const options = ["serve", "worker.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
  const env = {
    ...process.env,
    MEMORY_BASE_URL: sandbox.url,
    TWILIO_API_KEY: sandbox.apiKey,
    TWILIO_API_SECRET: sandbox.apiSecret,
  };
  const child = spawn(workerd, options, { cwd: example.folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  const stop = async () => {
    child.kill();
    await exit;
  };
  for await (const line of createInterface(child.stdout)) {
    const { event, port } = JSON.parse(line);
    if (event === "listen") return { url: `http://127.0.0.1:${port}`, stop };
  }
  throw new Error(`workerd exited before it accepted requests, with code ${(await exit)[0]}.`);
}

function send(fields: Record<string, string>): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return fetch(worker.url, { method: "POST", body });
}

describe("the worker example", () => {
  it("stores the sender of a form, and finds the sender who signs up again", async () => {
    const ada = await send({ email: "ada.reyes@example.com", firstName: "Ada" });
    const { id } = await ada.json();
    expect([ada.status, id]).toEqual([201, expect.stringMatching(/^mem_profile_/)]);
    expect(await (await send({ email: "Ada.Reyes@example.com", firstName: "Ada" })).json()).toEqual({ id });
  });

  it("rejects a form without the fields, and passes on why the service rejects a value", async () => {
    const incomplete = await send({ email: "ada.reyes@example.com" });
    expect([incomplete.status, await incomplete.text()]).toEqual([
      400,
      "The fields email and firstName are required.\n",
    ]);
    const empty = await send({ email: "", firstName: "Ada" });
    expect(empty.status).toBe(400);
    expect(await empty.text()).toMatch(/ at least one trait that is promoted to an identifier; .+email is empty\n$/);
  });

  it("accepts only POST", async () => {
    const response = await fetch(worker.url);
    expect([response.status, response.headers.get("Allow")]).toEqual([405, "POST"]);
  });
});
