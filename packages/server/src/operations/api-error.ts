import type { ErrorBody } from "@memory-api/types";

/**
 * An error response of the contract. The caller receives the message unchanged, so it names what was wrong and where, and never
 * contains a secret or the value of a trait.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  /** @param errorDocsUrl base of `more_info` for the codes that this project defines; by default, the base of the vendor */
  toBody(errorDocsUrl?: string): ErrorBody {
    const { status, code, message } = this;
    const docsUrl = (OWN_CODES.has(code) ? errorDocsUrl : undefined) ?? VENDOR_DOCS_URL;
    return {
      code,
      message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE - 1)}…` : message,
      more_info: docsUrl + code,
      status,
    };
  }
}

const MAX_MESSAGE = 1024;
const VENDOR_DOCS_URL = "https://www.twilio.com/docs/api/errors/";
/** Codes that this project defines because the vendor does not. */
const OWN_CODES: ReadonlySet<number> = new Set([20405, 20409, 20411, 20413, 20415]);

// One function for each error of the contract, in the order of its table of codes (`info.description`).
export const badRequest = (message: string) => new ApiError(400, 400, message);
export const invalidBody = (message: string) => new ApiError(400, 520046, message);
export const unknownTrait = (message: string) => new ApiError(400, 520047, message);
export const malformedStoreId = (message: string) => new ApiError(400, 520049, message);
const CHALLENGE = { "WWW-Authenticate": 'Basic realm="Memory API"' };
export const unauthorized = () =>
  new ApiError(
    401,
    20003,
    "Authenticate with HTTP Basic: an API key SID and its secret, or an Account SID and its auth token",
    CHALLENGE,
  );
/** For credentials that were read. It must not show which of the two is wrong. */
export const wrongCredentials = () =>
  new ApiError(
    401,
    20003,
    "The credentials are wrong: check the API key SID and its secret, or the Account SID and its auth token",
    CHALLENGE,
  );
export const forbidden = (message = "These credentials have no access to this store") =>
  new ApiError(403, 403, message);
export const wrongUploadSignature = () =>
  forbidden("The signature does not match the upload URL; use the URL exactly as it was returned");
export const storeNotFound = () => new ApiError(404, 520041, "No store has this ID");
export const notFound = (message: string) => new ApiError(404, 20404, message);
export const methodNotAllowed = (allow: readonly string[]) =>
  new ApiError(405, 20405, `Method not allowed; this path supports ${allow.join(", ")}`, { Allow: allow.join(", ") });
export const alreadyUploaded = () => new ApiError(409, 20409, "The file of this import was already uploaded");
export const lengthRequired = () => new ApiError(411, 20411, "Send the length of the file as Content-Length");
export const contentTooLarge = (message = "The body is larger than this operation allows") =>
  new ApiError(413, 20413, message);
export const unsupportedMediaType = () => new ApiError(415, 20415, "This operation does not support this Content-Type");
export const unsupportedContentCoding = () =>
  new ApiError(415, 20415, "This operation does not support this content coding; send the body without one", {
    "Accept-Encoding": "identity",
  });
/** @param seconds whole, 1 or more */
export const tooManyRequests = (seconds: number) =>
  new ApiError(429, 20429, "Too many requests; wait for the number of seconds in Retry-After", {
    "Retry-After": String(seconds),
  });
export const internalError = () => new ApiError(500, 20500, "The service failed; the request is not at fault");
/** @param retryAfterSeconds whole, 1 or more; without it, the response has no `Retry-After` */
export const unavailable = (retryAfterSeconds?: number) =>
  new ApiError(
    503,
    20503,
    "The service is temporarily unavailable; try again later",
    retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) },
  );
