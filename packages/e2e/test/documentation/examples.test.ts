import { describe, expect, it } from "vitest";
import { compileExamples } from "./examples/compile-examples.ts";
import { examplesInComments } from "./examples/examples-in-comments.ts";
import { runExample } from "./examples/run-example.ts";

/** The examples of the part of the kit that a consumer imports. */
const consumerExamples = examplesInComments("conformance").filter(({ name }) => name.includes("/src/consumer/"));

describe("the examples in comments", () => {
  const examples = [...["client", "mock", "types"].flatMap(examplesInComments), ...consumerExamples];
  const invalid = "memory.operations.fetchProfil();";
  const [errorsOfInvalid, ...errors] = compileExamples([invalid, ...examples.map(({ code }) => code)]);

  it.each(examples.map(({ name }, index) => [name, errors[index]] as const))("compile: %s", (_, errorsOfExample) => {
    expect(errorsOfExample).toEqual([]);
  });

  it("are found, and an invalid example does not compile", () => {
    expect(examples.length).toBeGreaterThan(40);
    expect(errorsOfInvalid).toHaveLength(1);
  });
});

describe("the examples in the comments of the client", () => {
  it.each(examplesInComments("client").map(({ name, code }) => [name, code] as const))("run: %s", async (_, code) => {
    await runExample(code);
  });

  it("fail the test if they throw", async () => {
    const unknown = '"mem_profile_7zzzzzzzzzzzzzzzzzzzzzzzzz"';
    await expect(runExample(`await profiles.fetch(${unknown});`)).rejects.toMatchObject({ status: 404 });
    await expect(runExample("console.log(connection.missing.property);")).rejects.toThrow(TypeError);
  });
});

describe("the examples in the comments for consumers", () => {
  // The guide about testing runs the hooks.
  const withoutHooks = consumerExamples.filter(({ code }) => !code.includes('from "vitest"'));

  it.each(withoutHooks.map(({ name, code }) => [name, code] as const))("run: %s", async (_, code) => {
    await runExample(code);
  });

  it("are found", () => {
    expect(withoutHooks.length).toBe(consumerExamples.length - 1);
    expect(withoutHooks.length).toBeGreaterThan(5);
  });
});
