import { describe, expect, it } from "vitest";
import { bumpBetween } from "./release-bump.ts";

describe("the bump between two versions", () => {
  it.each([
    ["1.2.3", "1.2.3", "none"],
    ["1.2.3", "1.2.4", "patch"],
    ["1.2.3", "1.3.0", "minor"],
    ["1.2.3", "2.0.0", "major"],
    ["1.2.3", "2.0.0-next.1", "major"],
    ["1.9.0", "1.10.0", "minor"],
    // A package that was not part of the last release.
    ["2.0.0", "1.9.9", "none"],
  ])("from %s to %s is %s", (before, after, bump) => {
    expect(bumpBetween(before, after)).toBe(bump);
  });
});
