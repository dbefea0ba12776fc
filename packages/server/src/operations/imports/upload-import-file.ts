import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Settings } from "../../configuration/settings.ts";
import type { Clock } from "../../domain/clock.ts";
import { type UploadOutcome, uploadOutcome } from "../../domain/imports/import-state.ts";
import type { StoreDirectory } from "../../domain/stores/store-directory.ts";
import type { ImportWrites, StorageReads } from "../../storage/storage.ts";
import { UploadNotNeededError, type UploadStorage } from "../../storage/uploads/upload-storage.ts";
import {
  type ApiError,
  alreadyUploaded,
  forbidden,
  lengthRequired,
  notFound,
  unsupportedContentCoding,
  unsupportedMediaType,
  wrongUploadSignature,
} from "../api-error.ts";
import { hasContentCoding } from "../content-coding.ts";
import { receiveUpload, tooLong, tooShort } from "./receive-upload.ts";
import { verifyUploadToken } from "./upload-token.ts";

export interface UploadContext {
  readonly settings: Pick<Settings, "signingKeys" | "timeouts">;
  readonly stores: Pick<StoreDirectory, "find">;
  readonly storage: Pick<ImportWrites & StorageReads, "fetchImport" | "acceptUpload">;
  readonly uploads: UploadStorage;
  readonly clock: Clock;
  readonly imports: { wake(): void };
}

export interface UploadRequest {
  readonly importId: string;
  readonly token: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
  /** Receives the store that the token of the upload names. */
  readonly isFor: (storeId: string) => Promise<void>;
}

/**
 * Receives the file of an import, once. Everything that can be rejected without reading the body is rejected first.
 *
 * @throws {ApiError} as the contract says
 * @throws {InterruptedUploadError} if the client disconnects
 * @throws {StorageUnavailableError}
 */
export async function uploadImportFile(context: UploadContext, request: UploadRequest): Promise<void> {
  const { settings, stores, storage, uploads, clock, imports } = context;
  const { importId, body } = request;
  const { storeId, fileSize } = permission(context, request);
  await request.isFor(storeId);
  checkHeaders(request.headers, fileSize);
  // The configuration may no longer have the store for which the URL was issued.
  const record = (await stores.find(storeId)) && (await storage.fetchImport(storeId, importId));
  if (record === undefined) throw notFound("No import has this ID");
  checkOutcome(uploadOutcome(record, clock.now()));

  const bytes = receiveUpload(body, fileSize, settings.timeouts.idleMs);
  const uploadId = await uploads.save(storeId, importId, bytes).catch(async (error: unknown) => {
    if (!(error instanceof UploadNotNeededError)) throw error;
    // Another upload was accepted, or the URL expired.
    const current = await storage.fetchImport(storeId, importId);
    throw current?.uploadId === undefined ? expired() : alreadyUploaded();
  });
  const outcome = await storage.acceptUpload(storeId, importId, uploadId, clock.now());
  if (outcome !== "accepted") await uploads.remove(storeId, importId, uploadId);
  checkOutcome(outcome);
  imports.wake();
}

/** @throws {ApiError} 409 if the import has a file, 403 if its URL expired */
function checkOutcome(outcome: UploadOutcome): void {
  if (outcome === "taken") throw alreadyUploaded();
  if (outcome === "expired") throw expired();
}

function expired(): ApiError {
  return forbidden("The upload URL has expired; create a new import");
}

function permission({ settings, clock }: UploadContext, { importId, token }: UploadRequest) {
  const permission = verifyUploadToken(settings.signingKeys, importId, token, clock.now());
  switch (permission.kind) {
    case "granted":
      return permission;
    case "expired":
      throw expired();
    case "forged":
      throw wrongUploadSignature();
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
