import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxProcess } from "../sandbox-process.ts";
import { documents, memory } from "./memory.ts";

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;

beforeAll(async () => {
  sandbox = await sandboxProcess();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const wrongSecret = "canary";
const details = (operation: string) => `\\(${operation}: status 401, code 20003, request \\S+\\)`;
const line = '{"traits":{"Contact":{"email":"ada@example.com"}}}\n';

describe("credentials that the API rejects", () => {
  it("are reported with the variables that they come from and with what to check", async () => {
    const environment = { ...sandbox.environment, TWILIO_API_SECRET: wrongSecret };
    const { code, stdout, stderr } = await memory(["profile", "list"], { environment });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(new RegExp(`^memory: The API rejected the credentials ${details("listProfiles")}\n`));
    expect(stderr.split("\n").slice(1)).toEqual([
      `They come from TWILIO_API_KEY and TWILIO_API_SECRET. Check that the two belong together and are valid for ${sandbox.url}.`,
      "",
    ]);
  });

  it("are reported with the other pair of variables if they come from there", async () => {
    const { TWILIO_API_KEY: _, ...others } = sandbox.environment;
    const environment = { ...others, TWILIO_ACCOUNT_SID: "ACx", TWILIO_AUTH_TOKEN: wrongSecret };
    const { stderr } = await memory(["profile", "list"], { environment });
    expect(stderr).toContain("\nThey come from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN. Check that ");
    expect(stderr).not.toContain(wrongSecret);
  });

  it("are reported with the path of the ready file", async () => {
    const content = JSON.parse(await readFile(sandbox.readyFile, "utf8"));
    await sandbox.write("old.json", JSON.stringify({ ...content, apiSecret: wrongSecret }));
    const { stderr } = await memory(["profile", "list", "--ready-file", "old.json"], { cwd: sandbox.folder });
    expect(stderr.split("\n").slice(1)).toEqual([
      `They come from the ready file old.json. Check that the server that wrote it is the one at ${sandbox.url}.`,
      "",
    ]);
  });

  it("come from the environment if the ready file has only one of the two", async () => {
    const { apiSecret: _, ...content } = JSON.parse(await readFile(sandbox.readyFile, "utf8"));
    await sandbox.write("public.json", JSON.stringify(content));
    const environment = { TWILIO_API_KEY: "SKother", TWILIO_API_SECRET: wrongSecret };
    const run = { cwd: sandbox.folder, environment };
    const { stderr } = await memory(["profile", "list", "--ready-file", "public.json"], run);
    expect(stderr).toContain("\nThey come from TWILIO_API_KEY and TWILIO_API_SECRET. ");
  });

  it("are reported with the command that continues a bulk upsert", async () => {
    const environment = { ...sandbox.environment, TWILIO_API_SECRET: wrongSecret };
    const { stderr } = await memory(["bulk", "-"], { environment, input: line });
    expect(stderr).toMatch(
      new RegExp(
        `^memory: Line 1 was not accepted: The API rejected the credentials ${details("updateProfilesBulk")}\nThey come from .*\nPass the same input again to: memory bulk - --start-at 0\n$`,
      ),
    );
  });

  it("are reported as JSON with their origin, without the secret", async () => {
    const environment = { ...sandbox.environment, TWILIO_API_SECRET: wrongSecret };
    const { stderr } = await memory(["bulk", "-", "--json"], { environment, input: line });
    expect(documents(stderr)).toMatchObject([
      {
        name: "BulkUpsertError",
        cause: { status: 401, code: 20003 },
        next: "memory bulk - --json --start-at 0",
        credentialsFrom: "TWILIO_API_KEY and TWILIO_API_SECRET",
      },
    ]);
    expect(stderr).not.toContain(wrongSecret);
  });
});
