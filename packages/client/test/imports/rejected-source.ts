import { expect } from "vitest";
import { type InvalidSourceError, isInvalidSourceError } from "../../src/errors/invalid-source-error.ts";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import type { importService } from "./import-service.ts";

/** Imports a source that must be rejected before anything is sent, and returns its error. */
export async function rejectedSource(
  service: Awaited<ReturnType<typeof importService>>,
  source: ImportSource,
): Promise<InvalidSourceError> {
  const error = await service.run(source).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(service.creates).toEqual([]);
  if (!isInvalidSourceError(error)) throw error;
  return error;
}
