import type { ClientName } from "./callers/callers.ts";
import { abortInAPause } from "./rows/abort-in-a-pause.ts";
import { allPages } from "./rows/all-pages.ts";
import { deleteOfMergedProfile } from "./rows/delete-of-merged-profile.ts";
import { emptyErrorBody } from "./rows/empty-error-body.ts";
import { fetchOfMergedProfile } from "./rows/fetch-of-merged-profile.ts";
import { fileOfAnImport } from "./rows/file-of-an-import.ts";
import { importCutOff } from "./rows/import-cut-off.ts";
import { pathInAnId } from "./rows/path-in-an-id.ts";
import { repeatedPageToken } from "./rows/repeated-page-token.ts";
import { retryAfter } from "./rows/retry-after.ts";
import { successWithHtml } from "./rows/success-with-html.ts";
import { typesOfAnError } from "./rows/types-of-an-error.ts";
import { typesOfTraits } from "./rows/types-of-traits.ts";
import { unavailableOnce } from "./rows/unavailable-once.ts";

const behaviours = [
  allPages,
  repeatedPageToken,
  fetchOfMergedProfile,
  deleteOfMergedProfile,
  retryAfter,
  unavailableOnce,
  abortInAPause,
  pathInAnId,
  emptyErrorBody,
  successWithHtml,
  importCutOff,
  fileOfAnImport,
  typesOfAnError,
  typesOfTraits,
];

/** A situation, and what each client did in it. */
export type TriedBehaviour = { readonly situation: string } & Readonly<Record<ClientName, string>>;

/** Tries every behaviour with every client, one situation after the other. */
export async function tryBehaviours(): Promise<TriedBehaviour[]> {
  const tried: TriedBehaviour[] = [];
  for (const { situation, didBy } of behaviours) {
    const [ours, vendors, bare] = await Promise.all([
      didBy("@memory-api/client"),
      didBy("twilio"),
      didBy("openapi-fetch"),
    ]);
    tried.push({ situation, "@memory-api/client": ours, twilio: vendors, "openapi-fetch": bare });
  }
  return tried;
}
