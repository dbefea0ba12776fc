import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import {
  alreadyUploaded,
  forbidden,
  lengthRequired,
  notFound,
  unsupportedContentCoding,
  unsupportedMediaType,
} from "../api-error.ts";
import type { Clock } from "../clock.ts";
import type { Settings } from "../configuration/settings.ts";
import { hasContentCoding } from "../http/content-coding.ts";
import { receiveUpload, tooLong, tooShort } from "../imports/receive-upload.ts";
import { verifyUploadToken } from "../imports/upload-token.ts";
import type { ImportStorage, UploadStorage } from "../storage/storage.ts";

export interface UploadContext {
  readonly settings: Pick<Settings, "signingKeys" | "timeouts">;
  readonly storage: ImportStorage;
  readonly uploads: UploadStorage;
  readonly clock: Clock;
  readonly imports: { wake(): void };
}

export interface UploadRequest {
  readonly importId: string;
  readonly token: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

/**
 * Takes the file of an import, once. All that can be refused without reading the body is refused first.
 *
 * @throws {ApiError} as the contract says
 * @throws {InterruptedUploadError} if the client went away
 * @throws {StorageUnavailableError}
 */
export async function uploadImportFile(context: UploadContext, request: UploadRequest): Promise<void> {
  const { settings, storage, uploads, clock, imports } = context;
  const { importId, body } = request;
  const { storeId, fileSize } = permission(context, request);
  checkHeaders(request.headers, fileSize);
  const record = await storage.fetchImport(storeId, importId);
  if (record === undefined) throw notFound("No import has this ID");
  if (record.status !== "PENDING") throw alreadyUploaded();

  const bytes = receiveUpload(body, fileSize, settings.timeouts.idleMs);
  const uploadId = await uploads.save(storeId, importId, bytes);
  if (!(await storage.acceptUpload(storeId, importId, uploadId, clock.now()))) {
    await uploads.remove(storeId, importId, uploadId);
    throw alreadyUploaded();
  }
  imports.wake();
}

function permission({ settings, clock }: UploadContext, { importId, token }: UploadRequest) {
  const permission = verifyUploadToken(settings.signingKeys, importId, token, clock.now());
  switch (permission.kind) {
    case "granted":
      return permission;
    case "expired":
      throw forbidden("The upload URL has expired; create a new import");
    case "forged":
      throw forbidden("The signature does not match the upload URL; use the URL exactly as it was returned");
  }
}

function checkHeaders(headers: IncomingHttpHeaders, fileSize: number): void {
  const { "content-length": contentLength, "content-type": contentType = "" } = headers;
  if (contentLength === undefined) throw lengthRequired();
  if (Number(contentLength) > fileSize) throw tooLong(fileSize);
  const [mediaType = ""] = contentType.split(";");
  if (mediaType.trim().toLowerCase() !== "text/csv") throw unsupportedMediaType();
  if (hasContentCoding(headers)) throw unsupportedContentCoding();
  if (Number(contentLength) < fileSize) throw tooShort(Number(contentLength), fileSize);
}
