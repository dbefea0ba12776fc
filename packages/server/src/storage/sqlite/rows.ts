import type { ImportState } from "../../domain/imports/import-state.ts";
import type { ChangeSet, Claim, LockedProfile, MergeTree, ProfileRows } from "../../domain/profiles/profile-rows.ts";
import { type Identifier, identifierKey } from "../../domain/stores/store-rules.ts";
import { importState, importValues } from "../import-row.ts";
import type { RowReads, RowTransaction } from "../rows.ts";
import type { SnapshotRow } from "../storage.ts";
import { TABLES, type TableName } from "../tables.ts";
import { decodeTraitGroup, encodeTraitGroup } from "../trait-group-json.ts";
import type { PreparedStatements } from "./prepared-statements.ts";

/** Sorts after every ID, and so before the first of a descending list. */
const AFTER_ALL_IDS = "~";

/** Reads through one connection. Each runs synchronously, and therefore sees what was committed when it was called. */
export class SqliteReads implements RowReads {
  protected readonly statements: PreparedStatements;

  constructor(statements: PreparedStatements) {
    this.statements = statements;
  }

  async readProfile(storeId: string, profileId: string, groups?: readonly string[]) {
    const rows = this.statements.arrays("viewProfile", storeId, profileId);
    const [first] = rows;
    if (first === undefined) return undefined;
    const found: { name: string; traits: string }[] = [];
    for (const [, name, traits] of rows) {
      if (typeof name !== "string" || (groups !== undefined && !groups.includes(name))) continue;
      found.push({ name, traits: String(traits) });
    }
    return { createdAt: Number(first[0]), groups: found };
  }

  async readCanonicalId(storeId: string, profileId: string) {
    const canonicalId = rootOf(this.statements, storeId, profileId)?.canonicalId;
    return canonicalId === profileId ? undefined : canonicalId;
  }

  async listProfileIds(storeId: string, order: "ASC" | "DESC", limit: number, after?: string) {
    const rows =
      order === "ASC"
        ? this.statements.all("listAscending", storeId, after ?? "", limit)
        : this.statements.all("listDescending", storeId, after ?? AFTER_ALL_IDS, limit);
    return rows.map((row) => String(row["id"]));
  }

  async readImport(storeId: string, importId: string) {
    const row = this.statements.get("readImport", storeId, importId);
    return row && importState(row);
  }

  async listImportIds(storeId: string, limit: number) {
    return this.statements.all("listImports", storeId, limit).map((row) => String(row["id"]));
  }

  async readOldestDueAt(storeId: string, now: number) {
    const row = this.statements.get("readOldestDueAt", storeId, now);
    return row && Number(row["due_at"]);
  }
}

/** A transaction that is open. It is the only writer, so no row needs a lock. */
export class SqliteTransaction implements RowTransaction {
  readonly #statements: PreparedStatements;

  constructor(statements: PreparedStatements) {
    this.#statements = statements;
  }

  profiles(storeId: string): ProfileRows {
    return new SqliteProfileRows(this.#statements, storeId);
  }

  async insertImport(storeId: string, state: ImportState) {
    this.#statements.run("writeImport", storeId, ...importValues(state));
  }

  async lockImport(storeId: string, importId: string) {
    const row = this.#statements.get("readImport", storeId, importId);
    return row && importState(row);
  }

  async lockDueImport(storeId: string, now: number) {
    const row = this.#statements.get("readDueImport", storeId, now);
    return row && importState(row);
  }

  async updateImport(storeId: string, state: ImportState) {
    this.#statements.run("writeImport", storeId, ...importValues(state));
  }

  async deleteUploads() {
    // Uploads are stored as files.
  }

  async readTable(table: TableName, storeIds: readonly string[]) {
    const rows = this.#statements.allOf(
      `SELECT ${columnsOf(table)} FROM ${table} WHERE store_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(storeIds),
    );
    return rows.map((row) => Object.values(row).map(plainValue));
  }

  async replaceTable(table: TableName, storeIds: readonly string[], rows: readonly SnapshotRow[]) {
    const marks = Object.keys(TABLES[table]).map(() => "?");
    this.#statements.allOf(
      `DELETE FROM ${table} WHERE store_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(storeIds),
    );
    for (const row of rows) {
      this.#statements.allOf(`INSERT INTO ${table} (${columnsOf(table)}) VALUES (${marks.join(", ")})`, ...row);
    }
  }
}

class SqliteProfileRows implements ProfileRows {
  readonly #statements: PreparedStatements;
  readonly #storeId: string;

  constructor(statements: PreparedStatements, storeId: string) {
    this.#statements = statements;
    this.#storeId = storeId;
  }

  async readIdentifiers(profileIds: readonly string[]) {
    const profiles = this.#readProfiles(profileIds.map((id) => this.#canonicalId(id)));
    return profiles.flatMap((profile) => this.#identifiersOf(profile));
  }

  async claimIdentifiers() {
    // No other transaction can insert them meanwhile.
  }

  async lockProfiles(identifiers: readonly Identifier[], ids: readonly string[]) {
    const owners = new Map<string, string>();
    const named = JSON.stringify(identifiers.map(({ type, value }) => [type, value]));
    for (const row of this.#statements.all("readIdentifiers", named, this.#storeId)) {
      const owner = this.#canonicalId(String(row["profile_id"]));
      if (owner === undefined) continue;
      owners.set(identifierKey({ type: String(row["type"]), value: String(row["value"]) }), owner);
    }
    const canonicalIds = new Map<string, string>();
    const profileIds: (string | undefined)[] = [...owners.values()];
    for (const id of ids) {
      const canonicalId = this.#canonicalId(id);
      profileIds.push(canonicalId);
      if (canonicalId !== undefined && canonicalId !== id) canonicalIds.set(id, canonicalId);
    }
    return { owners, canonicalIds, profiles: this.#readProfiles(profileIds) };
  }

  async readContents(profiles: readonly LockedProfile[]) {
    const trees = new Map<string, MergeTree>();
    for (const { id } of profiles) {
      const root = rootOf(this.#statements, this.#storeId, id);
      if (root) trees.set(id, { root: root.id, size: root.size });
    }
    return {
      identifiers: profiles.flatMap((profile) => this.#identifiersOf(profile)),
      groups: profiles.flatMap(({ id }) => this.#groupsOf(id)),
      trees,
    };
  }

  async write({ created, updated, removed, nodes, attached, detached, groups }: ChangeSet) {
    const storeId = this.#storeId;
    const run: PreparedStatements["run"] = (name, ...values) => this.#statements.run(name, ...values);
    for (const id of removed) {
      run("removeProfile", storeId, id);
      run("removeTraitGroups", storeId, id);
    }
    for (const { id, createdAt, holders } of created) run("insertProfile", storeId, id, createdAt, toJson(holders));
    for (const { id, holders } of updated) run("updateProfile", toJson(holders), storeId, id);
    for (const node of nodes) {
      if ("parentId" in node) run("writeNode", storeId, node.id, node.parentId, null, null);
      else run("writeNode", storeId, node.id, null, node.size, node.canonicalId ?? null);
    }
    for (const { type, value } of detached) run("removeIdentifier", storeId, type, value);
    for (const { type, value, holder, addedAt } of attached) {
      run("writeIdentifier", storeId, type, value, holder, addedAt);
    }
    for (const { profileId, name, traits } of groups) {
      run("writeTraitGroup", storeId, profileId, name, encodeTraitGroup(traits));
    }
  }

  /** @returns the ID itself if it never merged, `undefined` if its canonical profile was deleted */
  #canonicalId(id: string): string | undefined {
    const root = rootOf(this.#statements, this.#storeId, id);
    return root === undefined ? id : root.canonicalId;
  }

  #readProfiles(ids: readonly (string | undefined)[]): LockedProfile[] {
    const profiles: LockedProfile[] = [];
    for (const id of new Set(ids)) {
      const row = id === undefined ? undefined : this.#statements.get("readProfile", this.#storeId, id);
      if (id === undefined || row === undefined) continue;
      profiles.push({ id, createdAt: Number(row["created_at"]), holders: fromJson(row["holders"]) });
    }
    return profiles;
  }

  #identifiersOf({ id, holders }: LockedProfile): Claim[] {
    return [id, ...holders].flatMap((holder) =>
      this.#statements.all("readIdentifiersOf", this.#storeId, holder).map((row) => ({
        holder,
        type: String(row["type"]),
        value: String(row["value"]),
        addedAt: Number(row["added_at"]),
      })),
    );
  }

  #groupsOf(profileId: string) {
    return this.#statements.all("readTraitGroups", this.#storeId, profileId).map((row) => ({
      profileId,
      name: String(row["name"]),
      traits: decodeTraitGroup(String(row["traits"])),
    }));
  }
}

/** The root of the merge tree of an ID; `undefined` if the ID never merged. */
function rootOf(statements: PreparedStatements, storeId: string, profileId: string) {
  for (let id = profileId; ; ) {
    const row = statements.get("readNode", storeId, id);
    if (row === undefined) return undefined;
    const { parent_id, size, canonical_id } = row;
    if (typeof parent_id !== "string") {
      return { id, size: Number(size), canonicalId: typeof canonical_id === "string" ? canonical_id : undefined };
    }
    id = parent_id;
  }
}

function columnsOf(table: TableName): string {
  return Object.keys(TABLES[table]).join(", ");
}

function toJson(holders: readonly string[]): string | null {
  return holders.length === 0 ? null : JSON.stringify(holders);
}

function fromJson(holders: unknown): string[] {
  return typeof holders === "string" ? JSON.parse(holders) : [];
}

function plainValue(value: unknown): string | number | null {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  throw new TypeError(`A snapshot holds strings and numbers, not a ${typeof value}.`);
}
