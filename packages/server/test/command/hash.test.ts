import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { askTwice } from "../../src/commands/hash.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { memoryServer, outcomeOf } from "./memory-server.ts";

const secret = "canary-0a000000-0008 of a key";
const digestOf = (given: string) => createHash("sha256").update(given).digest("hex");

/** Runs the command with this text on its standard input. */
function hashOf(input: string, ...options: readonly string[]) {
  const child = memoryServer(["hash", ...options], { input });
  return outcomeOf(child);
}

describe("memory-server hash", () => {
  it.each([
    ["a secret", secret, secret],
    ["a secret with a line break at its end, which is ignored", `${secret}\n`, secret],
    ["a secret in UTF-8", "ünïcode ", "ünïcode "],
  ])("prints the hash of %s", async (_, input, hashed) => {
    expect(await hashOf(input)).toEqual({ code: 0, printed: `${digestOf(hashed)}\n`, complaint: "" });
  });

  it("prints a hash that the configuration accepts for the secret", async () => {
    const folder = await temporaryFolder();
    const { printed } = await hashOf(secret);
    const credential = `{ username: SK1, secretSha256: "${printed.trim()}" }`;
    await writeFile(
      join(folder, "memory.yaml"),
      `accounts: [{ sid: AC${"1".repeat(32)}, credentials: [${credential}] }]`,
    );
    expect(await outcomeOf(memoryServer(["check", "--config", "memory.yaml"], { cwd: folder }))).toMatchObject({
      code: 0,
    });
  });

  it("generates a secret, which only standard error contains", async () => {
    const [one, other] = [await hashOf("", "--generate"), await hashOf("", "--generate")];
    const [, generated = ""] = /^Secret \(it cannot be shown again\): ([\w-]{43})\n$/.exec(one.complaint) ?? [];
    expect(one).toMatchObject({ code: 0, printed: `${digestOf(generated)}\n` });
    expect(other.printed).not.toBe(one.printed);
  });

  it("rejects a secret as an argument, and does not repeat it", async () => {
    const { code, printed, complaint } = await hashOf("", secret);
    expect([code, printed]).toEqual([1, ""]);
    expect(complaint).toContain("memory-server hash does not accept the secret as an argument");
    expect(complaint).not.toContain(secret);
  });

  it("rejects an empty secret", async () => {
    expect(await hashOf("\n")).toEqual({ code: 1, printed: "", complaint: "memory-server: The secret is empty.\n" });
  });
});

describe("the question for a secret on a terminal", () => {
  function asked(keys: string) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const answer = askTwice(input, output).finally(() => output.end());
    input.write(keys);
    return Promise.all([answer.catch(String), text(output)]);
  }

  it("asks twice, and displays nothing of the secret", async () => {
    expect(await asked(`${secret}\r${secret}\r`)).toEqual([secret, "Secret: \nThe same secret again: \n"]);
  });

  it("accepts corrections", async () => {
    const [entered] = await asked("abx\x7fc\rabc\r");
    expect(entered).toBe("abc");
  });

  it("rejects two secrets that differ", async () => {
    const [error] = await asked("one\rother\r");
    expect(error).toBe("Error: The two secrets differ.");
  });

  it.each([
    ["Ctrl-C", "one\r\x03"],
    ["Ctrl-D", "\x04"],
  ])("can be cancelled with %s", async (_, keys) => {
    const [error] = await asked(keys);
    expect(error).toBe("Error: No secret was entered.");
  });
});
