import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxProcess } from "../sandbox-process.ts";
import { outcomeOf, startMemory } from "./memory.ts";

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;
const start = (given: string[]) => startMemory(given, { cwd: sandbox.folder, environment: sandbox.environment });

/** Longer than any test. */
const hang = { kind: "latency", ms: 600_000 };

beforeAll(async () => {
  sandbox = await sandboxProcess();
  await sandbox.write("people.csv", "email,name\nada@example.com,Ada\n");
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

/** Sends a signal to the command when its standard error contains some words. */
async function interruptedAt(child: ReturnType<typeof startMemory>, words: string, signal: NodeJS.Signals = "SIGINT") {
  let printed = "";
  const outcome = outcomeOf(child);
  child.stderr.on("data", function listen(text) {
    printed += text;
    if (!printed.includes(words)) return;
    child.stderr.off("data", listen);
    child.kill(signal);
  });
  return outcome;
}

describe("Ctrl-C", () => {
  beforeEach(({ skip }) => skip(process.platform === "win32", "Windows has no signals"));

  const mapping = ["--map", "email=Contact.email", "--map", "name=Contact.firstName"];

  it("prints the import that continues, and the command that waits for it", async () => {
    await sandbox.fail("fetchProfileImportV2", hang);
    const given = ["import", "people.csv", ...mapping, "--ready-file", "ready.json"];
    const { code, stdout, stderr } = await interruptedAt(start(given), "uploaded");
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toMatch(
      /\nmemory: Interrupted.\nImport (mem_import_\w+) continues. Wait for it with: memory import --ready-file ready.json --resume \1\n$/,
    );
    await sandbox.recover();
    const [, command = ""] = /Wait for it with: memory (.*)\n$/.exec(stderr) ?? [];
    expect(await outcomeOf(start(command.split(" ")))).toMatchObject({ code: 0 });
  });

  it("reports that it is unknown whether a file that was sent has arrived, and the command that checks it", async () => {
    await sandbox.fail("uploadImportFile", hang);
    const { code, stderr } = await interruptedAt(start(["import", "people.csv", ...mapping]), "uploading 100 %");
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /\nmemory: Interrupted.\nIt is unknown whether import (mem_import_\w+) received its file. Check with: memory import --resume \1\n$/,
    );
  });

  it("ends a bulk upsert that waits for input, and prints the command that continues", async () => {
    const child = start(["bulk", "-"]);
    child.stdin.write('{"traits":{"Contact":{"email":"ada@example.com"}}}\n'.repeat(1500));
    const { code, stdout, stderr } = await interruptedAt(child, "sending 1000 accepted");
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toMatch(/\nmemory: Interrupted.\nPass the same input again to: memory bulk - --start-at 1000\n$/);
  });

  it("has a different exit code than SIGTERM", async () => {
    await sandbox.fail("uploadImportFile", hang);
    const child = start(["import", "people.csv", ...mapping]);
    expect(await interruptedAt(child, "uploading", "SIGTERM")).toMatchObject({ code: 143 });
  });
});

describe("a closed pipe", () => {
  it("ends the command without an error message, with the exit code of SIGPIPE", async () => {
    await sandbox.seed(
      Array.from({ length: 3000 }, (_, index) => ({ traits: { Contact: { email: `p${index}@example.com` } } })),
    );
    const child = start(["profile", "list"]);
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = await once(child, "close");
    expect([code, stderr]).toEqual([141, ""]);
  });
});
