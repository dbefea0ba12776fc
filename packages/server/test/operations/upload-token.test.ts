import { bounds } from "@memory-api/types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Settings } from "../../src/configuration/settings.ts";
import { signUploadToken, verifyUploadToken } from "../../src/operations/imports/upload-token.ts";

const keys: Settings["signingKeys"] = [{ id: "key-of-2027_b", secret: Buffer.alloc(32, 1) }];
const storeId = "mem_store_00000000000000000000000000";
const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
const claims = { storeId, importId, fileSize: 104_857_600, expiresAt: 1_800_000_000_000 };
const { expiresAt } = claims;
const token = signUploadToken(keys, claims);

describe("the token of an upload URL", () => {
  it("contains the store, the size and the expiry", () => {
    expect(verifyUploadToken(keys, importId, token, expiresAt - 1)).toEqual({
      kind: "granted",
      storeId,
      fileSize: claims.fileSize,
      expiresAt,
    });
  });

  it("is safe in a URL and no longer than the contract allows", () => {
    expect(encodeURIComponent(token)).toBe(token);
    expect(token.length).toBeLessThanOrEqual(bounds.UploadToken.maxLength);
  });

  it("expires", () => {
    expect(verifyUploadToken(keys, importId, token, expiresAt)).toEqual({ kind: "expired" });
  });

  it("is not valid for another import", () => {
    const other = "mem_import_01kkbk0tfteqn89st3b7v4f5y9";
    expect(verifyUploadToken(keys, other, token, 0)).toEqual({ kind: "forged" });
  });

  it.each([
    ["the key", 0, "other"],
    ["the store", 1, "mem_store_00000000000000000000000001"],
    ["the expiry", 2, String(expiresAt + 1)],
    ["the size", 3, String(claims.fileSize + 1)],
    ["the signature", 4, "A".repeat(43)],
  ])("is forged if %s was changed, even if it has expired", (_what, at, value) => {
    const changed = token.split(".").with(at, value).join(".");
    expect(changed).not.toBe(token);
    expect(verifyUploadToken(keys, importId, changed, expiresAt + 1)).toEqual({ kind: "forged" });
  });

  it("is forged if it is any other text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(verifyUploadToken(keys, importId, text, 0)).toEqual({ kind: "forged" });
      }),
    );
  });
});
