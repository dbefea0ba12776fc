import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a body has a coding other than `identity`, according to its `Content-Encoding` (RFC 9110, section 8.4) or by a transfer coding before
 * `chunked` (RFC 9112, section 6.1).
 */
export function hasContentCoding(headers: IncomingHttpHeaders): boolean {
  const content = codings(headers["content-encoding"]).filter((coding) => coding !== "identity");
  const transfer = codings(headers["transfer-encoding"]).filter((coding) => coding !== "chunked");
  return content.length > 0 || transfer.length > 0;
}

function codings(header = ""): string[] {
  return header
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "");
}
