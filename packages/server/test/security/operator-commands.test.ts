import { describe, expect, it } from "vitest";
import { memoryServer, outcomeOf } from "../command/memory-server.ts";

describe("the commands of an operator", () => {
  it.each([
    ["imports", "list"],
    ["imports", "cancel", "mem_import_00000000000000000000000000"],
    ["stores", "list"],
    ["backup", "folder"],
    ["verify"],
  ])("print no password of an unreachable database: %s %s", async (...args) => {
    const environment = { DATABASE_URL: "postgres://user:hunter2@127.0.0.1:1/none" };
    const { code, printed, complaint } = await outcomeOf(memoryServer(args, { environment }));
    expect(printed).toBe("");
    expect(complaint).toMatch(/^memory-server: .+\n$/);
    expect(complaint).not.toContain("hunter2");
    expect(code).toBeGreaterThan(0);
  });
});
