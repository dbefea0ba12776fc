import { notFound } from "../api-error.ts";
import type { Operation } from "../operation.ts";

export const fetchProfileImportV2: Operation<"fetchProfileImportV2"> = async ({ storage }, { path }) => {
  const found = await storage.fetchImport(path.storeId, path.importId);
  if (found === undefined) throw notFound("No import has this ID");
  const { status, filename, fileSize, columnMappings, createdAt, updatedAt, progress } = found;
  const { errors, warnings } = progress;
  // Without a file, or with a file that could not be read, there are no rows to count.
  const isCounted = status !== "PENDING" && (status !== "FAILED" || progress.offset > 0);
  return {
    status: 200,
    body: {
      ...{ status, filename, fileSize, columnMappings },
      createdAt: new Date(createdAt).toISOString(),
      updatedAt: new Date(updatedAt).toISOString(),
      ...(isCounted && { summary: { errors, warnings } }),
    },
  };
};
