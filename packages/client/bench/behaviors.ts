import type { Behavior } from "./behaviors/behavior.ts";
import type { ClientName } from "./behaviors/callers/callers.ts";
import { importCutOff, importOfFile } from "./behaviors/rows/imports.ts";
import { allPages, repeatedPageToken } from "./behaviors/rows/lists.ts";
import { deletionOfMergedProfile, fetchOfMergedProfile } from "./behaviors/rows/merged-profiles.ts";
import { pathInAnId } from "./behaviors/rows/path-in-an-id.ts";
import { abortInAPause, retryAfter, unavailableOnce } from "./behaviors/rows/retries.ts";
import { typesOfAnError, typesOfTraits } from "./behaviors/rows/types.ts";
import { emptyErrorBody, successWithHtml } from "./behaviors/rows/undocumented-responses.ts";
import type { Measurement } from "./figure.ts";
import { versions } from "./versions.ts";

const behaviors: readonly Behavior[] = [
  allPages,
  repeatedPageToken,
  fetchOfMergedProfile,
  deletionOfMergedProfile,
  retryAfter,
  unavailableOnce,
  abortInAPause,
  pathInAnId,
  emptyErrorBody,
  successWithHtml,
  importCutOff,
  importOfFile,
  typesOfAnError,
  typesOfTraits,
];

/** A situation, and what each client does in it. */
export type BehaviorRow = { readonly situation: string } & Readonly<Record<ClientName, string>>;

/** Observes every client in every situation, one situation after the other. */
export async function observeBehaviors(): Promise<BehaviorRow[]> {
  const rows: BehaviorRow[] = [];
  for (const { situation, observe } of behaviors) {
    const [memoryClient, twilio, openapiFetch] = await Promise.all([
      observe("@memory-api/client"),
      observe("twilio"),
      observe("openapi-fetch"),
    ]);
    rows.push({ situation, "@memory-api/client": memoryClient, twilio, "openapi-fetch": openapiFetch });
  }
  return rows;
}

/** Returns the table of what each client does in the same situations. */
export async function measureBehaviors(): Promise<Measurement> {
  const rows = await observeBehaviors();
  return {
    title: "Behavior",
    figures: [],
    comparison: [
      ["Situation", ...Object.entries(versions).map(([name, version]) => `${name} ${version}`)],
      ...rows.map((row) => Object.values(row)),
    ],
    notes: ["Each cell shows what happened in this run"],
  };
}
