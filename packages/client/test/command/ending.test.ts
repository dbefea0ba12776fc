import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxProcess } from "../sandbox-process.ts";
import { outcomeOf, startMemory } from "./memory.ts";

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;
const start = (given: string[]) => startMemory(given, { cwd: sandbox.folder, environment: sandbox.environment });

/** As long as the test, and longer. */
const hang = { kind: "latency", ms: 600_000 };

beforeAll(async () => {
  sandbox = await sandboxProcess();
  await sandbox.write("people.csv", "email,name\nada@example.com,Ada\n");
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

/** Interrupts the command once it has told of this. */
async function interruptedAt(child: ReturnType<typeof startMemory>, words: string, signal: NodeJS.Signals = "SIGINT") {
  let told = "";
  const outcome = outcomeOf(child);
  child.stderr.on("data", function listen(text) {
    told += text;
    if (!told.includes(words)) return;
    child.stderr.off("data", listen);
    child.kill(signal);
  });
  return outcome;
}

describe("Ctrl-C", () => {
  const mapping = ["--map", "email=Contact.email", "--map", "name=Contact.firstName"];

  it("tells which import goes on, and the command that waits for it", async () => {
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

  it("says that it is unknown whether the file arrived once all of it was sent, and how to check", async () => {
    await sandbox.fail("uploadImportFile", hang);
    const { code, stderr } = await interruptedAt(start(["import", "people.csv", ...mapping]), "uploading 100 %");
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /\nmemory: Interrupted.\nIt is unknown whether import (mem_import_\w+) received its file. Check with: memory import --resume \1\n$/,
    );
  });

  it("ends a bulk upsert that waits for input, and tells how to go on", async () => {
    const child = start(["bulk", "-"]);
    child.stdin.write('{"traits":{"Contact":{"email":"ada@example.com"}}}\n'.repeat(1500));
    const { code, stdout, stderr } = await interruptedAt(child, "sending 1000 accepted");
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toMatch(/\nmemory: Interrupted.\nGive the same input again, to: memory bulk - --start-at 1000\n$/);
  });

  it("is told apart from the end that a process is asked for", async () => {
    await sandbox.fail("uploadImportFile", hang);
    const child = start(["import", "people.csv", ...mapping]);
    expect(await interruptedAt(child, "uploading", "SIGTERM")).toMatchObject({ code: 143 });
  });
});

describe("a reader that goes away", () => {
  it("ends the command quietly, as it ends others", async () => {
    await sandbox.seed(
      Array.from({ length: 3000 }, (_, index) => ({ traits: { Contact: { email: `p${index}@example.com` } } })),
    );
    const child = start(["profile", "list"]);
    let complaint = "";
    child.stderr.on("data", (text) => {
      complaint += text;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = await once(child, "close");
    expect([code, complaint]).toEqual([141, ""]);
  });
});
