import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("error-codes-listed", () => {
  it("accepts errors that the description of the contract lists", async () => {
    expect(await problemsOf("error-codes-listed/pass.yaml")).toEqual([]);
  });

  it("rejects a status or a code that it does not list, and an example with another status", async () => {
    expect(await problemsOf("error-codes-listed/fail.yaml")).toMatchInlineSnapshot();
  });
});
