import type { Settings } from "../../configuration/settings.ts";
import { sign, verify } from "../signed-text.ts";

/** Lifetime of an upload URL, in milliseconds. */
export const UPLOAD_URL_MS = 1_800_000;

export interface UploadClaims {
  readonly storeId: string;
  readonly importId: string;
  /** Bytes. */
  readonly fileSize: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export type UploadPermission =
  | ({ readonly kind: "granted" } & Omit<UploadClaims, "importId">)
  | { readonly kind: "forged" }
  | { readonly kind: "expired" };

/** The `token` of an upload URL: permission to send one file of this size to this import. Opaque and safe in a URL. */
export function signUploadToken(keys: Settings["signingKeys"], claims: UploadClaims): string {
  const { storeId, importId, expiresAt, fileSize } = claims;
  return sign(keys, purposeOf(importId), [storeId, String(expiresAt), String(fileSize)]);
}

/**
 * @param token from the request, unchecked
 * @param now milliseconds since 1970
 */
export function verifyUploadToken(
  keys: Settings["signingKeys"],
  importId: string,
  token: string,
  now: number,
): UploadPermission {
  const [storeId, ...numbers] = verify(keys, purposeOf(importId), token) ?? [];
  const [expiresAt, fileSize] = numbers.map(Number);
  if (storeId === undefined || expiresAt === undefined || fileSize === undefined) return { kind: "forged" };
  return now < expiresAt ? { kind: "granted", storeId, expiresAt, fileSize } : { kind: "expired" };
}

/** Signed but not part of the token, because the method and the URL of the request already contain it. */
const purposeOf = (importId: string) => `PUT text/csv /uploads/${importId}`;
