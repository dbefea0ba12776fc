import { describe, expect, it } from "vitest";
import { faultsOf } from "./examples/compile-examples.ts";
import { examplesInComments } from "./examples/examples-in-comments.ts";
import { runExample } from "./examples/run-example.ts";

describe("the examples in comments", () => {
  const examples = ["client", "mock", "types"].flatMap(examplesInComments);
  const wrong = "memory.operations.fetchProfil();";
  const [faultsOfWrong, ...faults] = faultsOf([wrong, ...examples.map(({ code }) => code)]);

  it.each(examples.map(({ name }, index) => [name, faults[index]] as const))("compile: %s", (_, faults) => {
    expect(faults).toEqual([]);
  });

  it("are there, and a wrong one is refused", () => {
    expect(examples.length).toBeGreaterThan(40);
    expect(faultsOfWrong).toHaveLength(1);
  });
});

describe("the examples in the comments of client", () => {
  it.each(examplesInComments("client").map(({ name, code }) => [name, code] as const))("run: %s", async (_, code) => {
    await runExample(code);
  });

  it("do not run where one is wrong", async () => {
    const unknown = '"mem_profile_7zzzzzzzzzzzzzzzzzzzzzzzzz"';
    await expect(runExample(`await profiles.fetch(${unknown});`)).rejects.toMatchObject({ status: 404 });
    await expect(runExample("console.log(connection.nothing.there);")).rejects.toThrow(TypeError);
  });
});
