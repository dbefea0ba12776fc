import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("paths-unambiguous", () => {
  it("accepts a literal next to a template that does not allow it as a value", async () => {
    expect(await problemsOf("paths-unambiguous/pass.yaml")).toEqual([]);
  });

  it("rejects paths that differ only in names, literals that hide a resource, and templates of a part", async () => {
    expect(await problemsOf("paths-unambiguous/fail.yaml")).toMatchInlineSnapshot();
  });
});
