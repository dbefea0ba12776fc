import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resetSandbox } from "../support/sandbox-control.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { type InstalledExample, installExample } from "./install-example.ts";

const people = ["Ada", "Jonas", "Mina"].map((firstName, index) => ({
  createdAt: `2026-03-0${index + 1}T09:15:27Z`,
  traits: { Contact: { firstName, email: `${firstName.toLowerCase()}@example.com` } },
}));

let example: InstalledExample;
let sandbox: ServerProcess;
beforeAll(async () => {
  [example, sandbox] = await Promise.all([installExample("node-script"), startServerProcess(["--sandbox"])]);
  await resetSandbox(sandbox.url, { profiles: people });
}, 900_000);
afterAll(async () => {
  await sandbox?.stop();
  await example?.remove();
});

const start = (apiSecret: string) =>
  example.runScript("start", {
    MEMORY_BASE_URL: sandbox.url,
    TWILIO_API_KEY: sandbox.apiKey,
    TWILIO_API_SECRET: apiSecret,
  });

describe("the node-script example", () => {
  it("prints the newest customers first", async () => {
    const lines = (await start(sandbox.apiSecret)).split("\n").filter((line) => line.includes("@example.com"));
    expect(lines.map((line) => line.match(/'([^']+)'/g))).toEqual(
      people
        .toReversed()
        .map(({ createdAt, traits }) => [
          `'${traits.Contact.email}'`,
          `'${traits.Contact.firstName}'`,
          `'${createdAt.slice(0, 10)}'`,
        ]),
    );
  });

  it("prints why the service rejected the credentials, and exits with 1", async () => {
    const failure: unknown = await start("not-the-secret").catch((error: unknown) => error);
    expect(failure).toMatchObject({
      cause: { code: 1 },
      message: expect.stringMatching(/\nThe credentials are wrong: .+\n$/),
    });
  });
});
