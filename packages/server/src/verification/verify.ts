import type { StoreRules } from "../domain/stores/store-rules.ts";
import type { Inspection } from "../storage/inspection.ts";
import { KEYS, type TableName, type TableRow } from "../storage/tables.ts";
import { checkIdentifiers } from "./check-identifiers.ts";
import { checkImports } from "./check-imports.ts";
import { checkMergeNodes } from "./check-merge-nodes.ts";
import { checkProfiles } from "./check-profiles.ts";
import { checkTraitGroups } from "./check-trait-groups.ts";
import { checkProcessingUploads, checkUploads } from "./check-uploads.ts";
import { type CheckedStore, PAGE, type PageCheck } from "./page-check.ts";
import type { Violation } from "./violation.ts";

/** Number of rows that were checked. */
export type CheckedCounts = Readonly<Record<TableName | "stores", number>>;

/**
 * Checks the invariants of everything that is stored, page by page, so it needs little memory. Each page is read in a snapshot of its own:
 * servers can write meanwhile, and no snapshot lasts long.
 *
 * @param rules of the configured stores, by store ID
 * @returns the violations, and at the end the number of checked rows
 * @throws {StorageUnavailableError}
 */
export async function* verify(
  inspection: Inspection,
  rules: ReadonlyMap<string, StoreRules>,
): AsyncGenerator<Violation, CheckedCounts, void> {
  const counts = { stores: 0, profiles: 0, merge_nodes: 0, identifiers: 0, trait_groups: 0, imports: 0 };
  for (const id of await inspection.storeIds()) {
    const ofStore = rules.get(id);
    const store: CheckedStore = { id, ...(ofStore && { rules: ofStore }) };
    counts.stores++;
    counts.profiles += yield* checkTable(inspection, store, "profiles", checkProfiles);
    counts.merge_nodes += yield* checkTable(inspection, store, "merge_nodes", checkMergeNodes);
    counts.identifiers += yield* checkTable(inspection, store, "identifiers", checkIdentifiers);
    counts.trait_groups += yield* checkTable(inspection, store, "trait_groups", checkTraitGroups);
    counts.imports += yield* checkTable(inspection, store, "imports", checkImports);
    yield* checkProcessingUploads(inspection, id);
  }
  yield* checkUploads(inspection);
  return counts;
}

/** @returns the number of rows */
async function* checkTable<Name extends TableName>(
  inspection: Inspection,
  store: CheckedStore,
  table: Name,
  check: PageCheck<Name>,
): AsyncGenerator<Violation, number, void> {
  let count = 0;
  let after: readonly string[] | undefined;
  do {
    const { rows, violations } = await inspection.snapshot(async (reads) => {
      const found = await reads.readPage(table, store.id, PAGE + 1, after);
      return { rows: found, violations: await check(reads, store, found.slice(0, PAGE), found[PAGE]) };
    });
    yield* violations;
    count += Math.min(rows.length, PAGE);
    after = rows.length > PAGE ? keyOf(table, rows[PAGE - 1]) : undefined;
  } while (after !== undefined);
  return count;
}

function keyOf<Name extends TableName>(table: Name, row: TableRow<Name> | undefined): string[] {
  return KEYS[table].map((column) => String(Object(row)[column]));
}
