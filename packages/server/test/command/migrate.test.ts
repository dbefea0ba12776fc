import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import { memoryServer, outcomeOf, untilReady } from "./memory-server.ts";

describe("memory-server migrate", () => {
  const newDatabase = usePostgres();

  it("creates the tables of a database, and does nothing the second time", async () => {
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

  it("requires only the database URL", async () => {
    const environment = { DATABASE_URL: await newDatabase() };
    expect(await outcomeOf(memoryServer(["migrate"], { environment }))).toMatchObject({ code: 0 });
  });
});

describe("memory-server migrate without a PostgreSQL database", () => {
  it("reports it", async () => {
    expect(await outcomeOf(memoryServer(["migrate"]))).toEqual({
      code: 1,
      printed: "",
      complaint: "memory-server: No database URL is configured. The embedded database does not need to be migrated.\n",
    });
  });

  it("does not print the password of an unreachable database", async () => {
    const environment = { DATABASE_URL: "postgres://user:hunter2@127.0.0.1:1/none" };
    const { code, printed, complaint } = await outcomeOf(memoryServer(["migrate"], { environment }));
    expect([code, printed]).toEqual([1, ""]);
    expect(complaint).toMatch(/^memory-server: .+\n$/);
    expect(complaint).not.toContain("hunter2");
  });
});
