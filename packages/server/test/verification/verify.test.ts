import { readdirSync } from "node:fs";
import { rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_STORE_RULES } from "../../src/configuration/default-store.ts";
import { KINDS, type ViolationKind } from "../../src/verification/violation.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { describeEngines } from "../support/engines.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { DAMAGES, inStore, UNKNOWN } from "./damages.ts";
import { damage, type StoredData, storeData, verified } from "./stored-data.ts";

/** Kinds that tests of their own provoke. */
const OTHERS: readonly ViolationKind[] = ["duplicate-identifier", "identifiers-over-limit"];

describe("the planted damages", () => {
  it("are of every kind", () => {
    const planted = new Set([...DAMAGES.flatMap(([, { found }]) => found.map(([kind]) => kind)), ...OTHERS]);
    expect([...planted].sort()).toEqual(Object.keys(KINDS).sort());
  });
});

describeEngines("verify", ({ name, newPlace }) => {
  it("finds nothing in correct data, and counts it", async () => {
    const place = await newPlace();
    await storeData(place);
    expect(await verified(place)).toEqual({
      violations: [],
      counts: { stores: 1, profiles: 2, merge_nodes: 5, identifiers: 7, trait_groups: 2, imports: 3 },
    });
  });

  it.each(DAMAGES)("finds %s", async (_, { statements, found }) => {
    const place = await newPlace();
    const stored = await storeData(place);
    await damage(place, ...statements.map((statement) => withIds(statement, stored)));
    const expected = found.map(([kind, ids]) => ({ kind, ids: mapValues(ids, (id) => withIds(id, stored)) }));
    const { violations } = await verified(place);
    expect(sorted(violations.map(({ kind, ids }) => ({ kind, ids })))).toEqual(sorted(expected));
    for (const { kind, storeId: found } of violations) {
      if (name === "PostgreSQL" || kind !== "upload-without-import") expect(found).toBe(storeId);
    }
  });

  it("finds an identifier that two profiles have", async () => {
    const place = await newPlace();
    const { single, canonical } = await storeData(place);
    const copy = `INSERT INTO identifiers SELECT store_id, type, value, '${canonical}', added_at FROM identifiers
      WHERE ${inStore} AND profile_id = '${single}' AND type = 'email'`;
    // A damaged index lets it happen. Here, the primary key is removed.
    const withoutKey =
      name === "PostgreSQL"
        ? ["ALTER TABLE identifiers DROP CONSTRAINT identifiers_pkey"]
        : [
            "ALTER TABLE identifiers RENAME TO kept",
            "CREATE TABLE identifiers AS SELECT * FROM kept",
            "DROP TABLE kept",
            "CREATE INDEX identifiers_by_profile ON identifiers (store_id, profile_id, added_at)",
          ];
    await damage(place, ...withoutKey, copy);
    const { violations } = await verified(place);
    const ids = { type: "email" } as const;
    expect(violations).toEqual([{ kind: "duplicate-identifier", storeId, ids: expect.objectContaining(ids) }]);
    expect([violations[0]?.ids["profile"], violations[0]?.ids["other"]].sort()).toEqual([single, canonical].sort());
  });

  it("finds more identifiers than the rules of the store allow, in every holder, and no value without its identifier", async () => {
    const place = await newPlace();
    const { canonical } = await storeData(place);
    const identifierTypes = new Map([["email", { normalization: "email", limit: 2, limitPolicy: "lifo" }]] as const);
    const { violations } = await verified(place, { ...DEFAULT_STORE_RULES, identifierTypes });
    const ids = { profile: canonical, type: "email" };
    expect(violations).toEqual([{ kind: "identifiers-over-limit", storeId, ids }]);
  });

  it("checks a store that is not configured, except for its rules", async () => {
    const place = await newPlace();
    const { single } = await storeData(place);
    const other = "mem_store_00000000000000000000000009";
    const tables = ["profiles", "merge_nodes", "identifiers", "trait_groups", "imports"];
    await damage(
      place,
      ...tables.map((table) => `UPDATE ${table} SET store_id = '${other}' WHERE ${inStore}`),
      `DELETE FROM identifiers WHERE store_id = '${other}' AND profile_id = '${single}'`,
      `DELETE FROM trait_groups WHERE store_id = '${other}' AND profile_id <> '${single}'`,
      `INSERT INTO trait_groups VALUES ('${other}', '${UNKNOWN}', 'Contact', '[["city","Oakland",1]]')`,
      `UPDATE imports SET status = 'FAILED', due_at = NULL WHERE store_id = '${other}'`,
    );
    const { violations } = await verified(place);
    expect(violations.filter(({ kind }) => kind !== "upload-without-import")).toEqual([
      { kind: "trait-group-without-profile", storeId: other, ids: { profile: UNKNOWN, group: "Contact" } },
    ]);
  });

  it("checks more rows than a page has, each once", async () => {
    const place = await newPlace();
    await storeData(place);
    const values = Array.from({ length: 600 }, (_, at) => `('${storeId}', 'email', '${at}@x', 'p${at}', 1)`);
    await damage(place, `INSERT INTO identifiers VALUES ${values.join(", ")}`);
    const { violations, counts } = await verified(place);
    expect(new Set(violations.map(({ ids }) => ids["holder"])).size).toBe(600);
    expect([violations.length, counts.identifiers]).toEqual([600, 607]);
  });
});

describe("verify of a data folder", () => {
  it.each(["is missing", "is truncated"])("finds that the file of an import %s", async (what) => {
    const { place, file, processing } = await withUpload();
    if (what === "is missing") await rm(file);
    else await truncate(file, 4);
    const { violations } = await verified(place);
    expect(violations).toEqual([{ kind: "import-without-upload", storeId, ids: { import: processing } }]);
  });

  it("ignores files that are still written, and others", async () => {
    const { place, file } = await withUpload();
    for (const name of [`${file}.part`, join(place.dataFolder, "uploads", "notes.txt")]) await writeFile(name, "x");
    expect((await verified(place)).violations).toEqual([]);
  });
});

async function withUpload() {
  const dataFolder = await temporaryFolder();
  const { processing } = await storeData({ dataFolder });
  const [name = ""] = readdirSync(join(dataFolder, "uploads"));
  return { place: { dataFolder }, processing, file: join(dataFolder, "uploads", name) };
}

function withIds(text: string, stored: StoredData): string {
  return text.replaceAll(/\$(\w+)/g, (_, name) => String([Reflect.get(stored, name)].flat()[0]));
}

function mapValues(object: Readonly<Record<string, string>>, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

function sorted<Each>(list: readonly Each[]): Each[] {
  return list.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
