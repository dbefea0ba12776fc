import type { TraitValue } from "@memory-api/types";
import type pg from "pg";
import { applyCommands } from "../../domain/apply-commands.ts";
import type { StoreRules } from "../../domain/store-rules.ts";
import type { ProfileStorage, ProfileView } from "../storage.ts";
import { decodeTraitValues } from "../trait-group-json.ts";
import { createWriteQueue } from "../write-queue.ts";
import { inTransaction, runStatement } from "./in-transaction.ts";
import { ProfileRows } from "./profile-rows.ts";
import * as sql from "./profile-statements.ts";

export function profileStorage(pool: pg.Pool, rulesOf: (storeId: string) => StoreRules): ProfileStorage {
  const apply = createWriteQueue((storeId, commands) => {
    const rules = rulesOf(storeId);
    return inTransaction(pool, (query) => applyCommands(new ProfileRows(query, storeId), rules, commands));
  });
  return {
    apply,

    async fetchProfile(storeId, profileId, groups) {
      const names = groups?.filter((name) => !name.includes("\0")) ?? null;
      const { rows } = await runStatement<ProfileRow>(pool, sql.selectProfile, [storeId, profileId, names]);
      return viewOf(rows) ?? (await redirectOf(pool, storeId, profileId));
    },

    async listProfiles(storeId, order, limit, after) {
      const { rows } = await runStatement<{ id: string }>(
        pool,
        order === "ASC" ? sql.listProfilesAscending : sql.listProfilesDescending,
        [storeId, after ?? (order === "ASC" ? BEFORE_ALL : AFTER_ALL), limit],
      );
      return rows.map(({ id }) => id);
    },
  };
}

// IDs are lower-case letters, digits and underscores.
const BEFORE_ALL = "";
const AFTER_ALL = "~";

interface ProfileRow {
  readonly created_at: number;
  readonly name: string | null;
  readonly traits: string | null;
}

function viewOf(rows: readonly ProfileRow[]): ProfileView | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const traits = new Map<string, ReadonlyMap<string, TraitValue>>();
  for (const row of rows) {
    if (row.name !== null && row.traits !== null) traits.set(row.name, decodeTraitValues(row.traits));
  }
  return { kind: "live", createdAt: first.created_at, traits };
}

async function redirectOf(pool: pg.Pool, storeId: string, profileId: string): Promise<ProfileView | undefined> {
  const { rows } = await runStatement<{ canonical_id: string }>(pool, sql.selectRedirects, [storeId, [profileId]]);
  return rows[0] && { kind: "moved", id: rows[0].canonical_id };
}
