import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Settings } from "../../src/configuration/settings.ts";
import { sign, verify } from "../../src/operations/signed-text.ts";

const first = { id: "k1", secret: Buffer.alloc(32, 1) };
const second = { id: "k2", secret: Buffer.alloc(32, 2) };
const keys: Settings["signingKeys"] = [first, second];

describe("a signed text", () => {
  it("yields its parts", () => {
    expect(verify(keys, "page", sign(keys, "page", ["after", "", "mem_profile_1"]))).toEqual([
      "after",
      "",
      "mem_profile_1",
    ]);
    expect(verify(keys, "page", sign(keys, "page", []))).toEqual([]);
  });

  it("is signed with the first key, and valid with any key", () => {
    const text = sign([second], "page", ["a"]);
    expect(verify(keys, "page", text)).toEqual(["a"]);
    expect(verify([first], "page", text)).toBeUndefined();
    expect(sign(keys, "page", ["a"])).toBe(sign([first], "page", ["a"]));
  });

  it("is not valid with another secret under the same ID", () => {
    expect(verify([{ ...first, secret: second.secret }], "page", sign(keys, "page", ["a"]))).toBeUndefined();
  });

  it("is valid only for its purpose", () => {
    expect(verify(keys, "upload", sign(keys, "page", ["a"]))).toBeUndefined();
  });

  it("is not valid if any character is changed, added or removed", () => {
    const text = sign(keys, "page", ["after", "17"]);
    for (const at of text.split("").keys()) {
      const [before, after] = [text.slice(0, at), text.slice(at + 1)];
      for (const character of ["", "A", "B", ".", "0"]) {
        const changed = before + character + after;
        if (changed !== text) expect(verify(keys, "page", changed)).toBeUndefined();
      }
      expect(verify(keys, "page", `${before}.${text.slice(at)}`)).toBeUndefined();
    }
    for (const added of ["=", "\n", " ", "."]) expect(verify(keys, "page", text + added)).toBeUndefined();
  });

  it("is not any other text, and verification does not throw", () => {
    const garbage = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((text) => `k1.${text}`),
    );
    fc.assert(fc.property(garbage, (text) => verify(keys, "page", text) === undefined));
  });
});
