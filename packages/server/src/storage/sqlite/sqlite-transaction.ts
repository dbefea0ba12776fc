import type { Claim, ProfileTransaction } from "../../domain/apply-commands.ts";
import { identifierKey } from "../../domain/store-rules.ts";
import type { Difference } from "../../domain/world.ts";
import { decodeTraitGroup, encodeTraitGroup } from "../trait-group-json.ts";
import type { PreparedStatements, Row } from "./prepared-statements.ts";
import type { StatementName } from "./statements.ts";

/** The profiles of one store within a transaction that is open already. It is the only writer, so nothing needs a lock. */
export class SqliteTransaction implements ProfileTransaction {
  readonly #statements: PreparedStatements;
  readonly #storeId: string;

  constructor(statements: PreparedStatements, storeId: string) {
    this.#statements = statements;
    this.#storeId = storeId;
  }

  async claimIdentifiers(claims: readonly Claim[]) {
    const owners = new Map<string, string>();
    for (const claim of claims) {
      const row = this.#statements.get("readIdentifier", this.#storeId, claim.type, claim.value);
      if (row) owners.set(identifierKey(claim), String(row["profile_id"]));
    }
    return owners;
  }

  async readRedirects(ids: readonly string[]) {
    return this.#readEach("readRedirect", ids, (row) => String(row["canonical_id"]));
  }

  async lockProfiles(ids: readonly string[]) {
    return this.#readEach("readProfile", ids, (row) => Number(row["created_at"]));
  }

  async readMergedIds(canonicalIds: readonly string[]) {
    const merged = new Map<string, string>();
    for (const id of canonicalIds) {
      for (const row of this.#statements.all("readRedirectsTo", this.#storeId, id))
        merged.set(String(row["lost_id"]), id);
    }
    return merged;
  }

  async readIdentifiers(ids: readonly string[]) {
    return ids.flatMap((profileId) =>
      this.#statements.all("readIdentifiersOf", this.#storeId, profileId).map((row) => ({
        profileId,
        type: String(row["type"]),
        value: String(row["value"]),
        addedAt: Number(row["added_at"]),
      })),
    );
  }

  async readTraitGroups(ids: readonly string[]) {
    return ids.flatMap((profileId) =>
      this.#statements.all("readTraitGroups", this.#storeId, profileId).map((row) => ({
        profileId,
        name: String(row["name"]),
        traits: decodeTraitGroup(String(row["traits"])),
      })),
    );
  }

  async write(difference: Difference) {
    const storeId = this.#storeId;
    const run: PreparedStatements["run"] = (name, ...values) => this.#statements.run(name, ...values);
    for (const id of difference.removed) {
      run("removeProfile", storeId, id);
      run("removeTraitGroups", storeId, id);
    }
    for (const { id, createdAt } of difference.created) run("writeProfile", storeId, id, createdAt);
    for (const id of difference.forgotten) run("removeRedirect", storeId, id);
    for (const { from, to } of difference.redirects) run("writeRedirect", storeId, from, to);
    for (const { type, value } of difference.detached) run("removeIdentifier", storeId, type, value);
    for (const { type, value, profileId, addedAt } of difference.attached) {
      run("writeIdentifier", storeId, type, value, profileId, addedAt);
    }
    for (const { profileId, name, traits } of difference.groups) {
      if (traits.size === 0) run("removeTraitGroup", storeId, profileId, name);
      else run("writeTraitGroup", storeId, profileId, name, encodeTraitGroup(traits));
    }
  }

  /** What is found of each ID, by the ID. */
  #readEach<Value>(name: StatementName, ids: readonly string[], read: (row: Row) => Value): Map<string, Value> {
    const found = new Map<string, Value>();
    for (const id of ids) {
      const row = this.#statements.get(name, this.#storeId, id);
      if (row) found.set(id, read(row));
    }
    return found;
  }
}
