import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import { memoryServer, outcomeOf, untilReady } from "./memory-server.ts";

describe("memory-server migrate", () => {
  const newDatabase = usePostgres();

  it("prepares a database for the server, and does nothing the second time", async () => {
    const cwd = await temporaryFolder();
    const environment = { DATABASE_URL: await newDatabase(), PORT: "0", MEMORY_CONFIG: "memory.yaml" };
    await writeFile(join(cwd, "key"), "k".repeat(32));
    await writeFile(
      join(cwd, "memory.yaml"),
      `accounts: [{ sid: AC${"1".repeat(32)}, credentials: [{ username: SK1, secretFile: key }] }]
signingKeys: [{ id: first, secretFile: key }]`,
    );
    const done = { code: 0, printed: "The tables are up to date.\n", complaint: "" };
    expect(await outcomeOf(memoryServer(["migrate"], { cwd, environment }))).toEqual(done);
    expect(await outcomeOf(memoryServer(["migrate"], { cwd, environment }))).toEqual(done);
    expect(await untilReady(memoryServer([], { cwd, environment }))).toContain("listens on");
  });

  it("needs nothing but the URL", async () => {
    const environment = { DATABASE_URL: await newDatabase() };
    expect(await outcomeOf(memoryServer(["migrate"], { environment }))).toMatchObject({ code: 0 });
  });
});

describe("memory-server migrate without a PostgreSQL", () => {
  it("says so", async () => {
    expect(await outcomeOf(memoryServer(["migrate"]))).toEqual({
      code: 1,
      printed: "",
      complaint: "memory-server: There is no databaseUrl. The embedded database needs no migration.\n",
    });
  });

  it("never tells the password of one that does not answer", async () => {
    const environment = { DATABASE_URL: "postgres://user:hunter2@127.0.0.1:1/none" };
    const { code, printed, complaint } = await outcomeOf(memoryServer(["migrate"], { environment }));
    expect([code, printed]).toEqual([1, ""]);
    expect(complaint).toMatch(/^memory-server: .+\n$/);
    expect(complaint).not.toContain("hunter2");
  });
});
