import { describe, expect, it } from "vitest";
import { memoryServer, outcomeOf } from "./memory-server.ts";

describe.each([
  [["imports", "list"]],
  [["imports", "show"]],
  [["imports", "cancel"]],
  [["imports", "retry"]],
  [["stores", "list"]],
  [["backup"]],
  [["restore"]],
  [["verify"]],
])("the help of memory-server %s", (words) => {
  it("describes each of its options, and its exit codes", async () => {
    const { complaint } = await outcomeOf(memoryServer([...words, "--nope"]));
    const options = complaint.match(/(?<= )--[\w-]+(?=,|\. Run)/g) ?? [];
    expect(options).toEqual(expect.arrayContaining(["--config", "--data", "--json"]));
    const { code, printed } = await outcomeOf(memoryServer([...words, "--help"]));
    for (const option of options) expect(printed).toMatch(new RegExp(`^  ${option} `, "m"));
    expect(printed).toMatch(new RegExp(`^(Usage:)? +memory-server ${words.join(" ")}\\b`, "m"));
    expect(printed).toMatch(/^Exit codes:\n {2}0 {2}/m);
    expect(code).toBe(0);
  });
});
