import { readdirSync } from "node:fs";
import { rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_STORE_RULES } from "../../src/configuration/default-store.ts";
import { KINDS, type ViolationKind } from "../../src/verification/violation.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { describeEngines } from "../support/engines.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { damage, type StoredData, storeData, verified } from "./stored-data.ts";

interface Damage {
  /** With `$` before the name of what is stored. */
  readonly statements: readonly string[];
  /** Everything that is found. */
  readonly found: readonly (readonly [kind: ViolationKind, ids: Readonly<Record<string, string>>])[];
}

const UNKNOWN = "mem_profile_7zzzzzzzzzzzzzzzzzzzzzzzzz";
const inStore = `store_id = '${storeId}'`;

const DAMAGES: readonly (readonly [what: string, damage: Damage])[] = [
  [
    "a merged profile that still exists",
    {
      statements: [`INSERT INTO profiles VALUES ('${storeId}', '$merged', 1, NULL)`],
      found: [["merged-profile", { profile: "$merged" }]],
    },
  ],
  [
    "a deleted profile that still exists",
    {
      statements: [`INSERT INTO profiles VALUES ('${storeId}', '$deleted', 1, NULL)`],
      found: [["merged-profile", { profile: "$deleted" }]],
    },
  ],
  [
    "a list of holders that is not JSON",
    {
      statements: [`UPDATE profiles SET holders = '[' WHERE ${inStore} AND id = '$single'`],
      found: [["malformed-holders", { profile: "$single" }]],
    },
  ],
  [
    "a holder of another profile",
    {
      statements: [`UPDATE profiles SET holders = '["$merged"]' WHERE ${inStore} AND id = '$single'`],
      found: [["foreign-holder", { profile: "$single", holder: "$merged" }]],
    },
  ],
  [
    "a holder without identifiers",
    {
      statements: [`DELETE FROM identifiers WHERE ${inStore} AND profile_id = '$merged'`],
      found: [["empty-holder", { profile: "$canonical", holder: "$merged" }]],
    },
  ],
  [
    "an identifier of an unknown profile",
    {
      statements: [`INSERT INTO identifiers VALUES ('${storeId}', 'email', 'x@example.com', '${UNKNOWN}', 1)`],
      found: [["identifier-without-profile", { holder: UNKNOWN, type: "email" }]],
    },
  ],
  [
    "an identifier of a deleted profile",
    {
      statements: [`INSERT INTO identifiers VALUES ('${storeId}', 'email', 'x@example.com', '$deleted', 1)`],
      found: [["identifier-without-profile", { holder: "$deleted", type: "email" }]],
    },
  ],
  [
    "a profile that vanished",
    {
      statements: [`DELETE FROM profiles WHERE ${inStore} AND id = '$single'`],
      found: [
        ["identifier-without-profile", { holder: "$single", type: "email" }],
        ["identifier-without-profile", { holder: "$single", type: "phone" }],
        ["trait-group-without-profile", { profile: "$single", group: "Contact" }],
      ],
    },
  ],
  [
    "a canonical profile that vanished",
    {
      statements: [
        `DELETE FROM identifiers WHERE ${inStore}`,
        `DELETE FROM trait_groups WHERE ${inStore}`,
        `DELETE FROM profiles WHERE ${inStore} AND id = '$canonical'`,
      ],
      found: [["redirect-without-profile", { node: "$root", profile: "$canonical" }]],
    },
  ],
  [
    "a holder that its profile does not list",
    {
      statements: [`UPDATE profiles SET holders = '["$root"]' WHERE ${inStore} AND id = '$canonical'`],
      found: [
        ["unlisted-identifier", { profile: "$canonical", holder: "$merged", type: "email" }],
        ["unlisted-identifier", { profile: "$canonical", holder: "$merged", type: "phone" }],
      ],
    },
  ],
  [
    "a merged ID without a parent",
    {
      statements: [`UPDATE merge_nodes SET parent_id = '${UNKNOWN}' WHERE ${inStore} AND id = '$merged'`],
      found: [
        ["foreign-holder", { profile: "$canonical", holder: "$merged" }],
        ["merge-node-without-parent", { node: "$merged", parent: UNKNOWN }],
        ["identifier-without-profile", { holder: "$merged", type: "email" }],
        ["identifier-without-profile", { holder: "$merged", type: "phone" }],
      ],
    },
  ],
  [
    "merged IDs in a circle",
    {
      statements: [
        `INSERT INTO merge_nodes VALUES ('${storeId}', 'mem_profile_1', 'mem_profile_2', NULL, NULL)`,
        `INSERT INTO merge_nodes VALUES ('${storeId}', 'mem_profile_2', 'mem_profile_1', NULL, NULL)`,
      ],
      found: [
        ["merge-cycle", { node: "mem_profile_1" }],
        ["merge-cycle", { node: "mem_profile_2" }],
      ],
    },
  ],
  [
    "a root without a size",
    {
      statements: [`UPDATE merge_nodes SET size = NULL WHERE ${inStore} AND id = '$root'`],
      found: [["malformed-merge-root", { node: "$root" }]],
    },
  ],
  [
    "a merge that leads to a profile outside of it",
    {
      statements: [
        `UPDATE profiles SET holders = NULL WHERE ${inStore} AND id = '$canonical'`,
        `UPDATE merge_nodes SET canonical_id = '$single' WHERE ${inStore} AND id = '$root'`,
        `DELETE FROM identifiers WHERE ${inStore} AND profile_id <> '$single'`,
        `DELETE FROM trait_groups WHERE ${inStore} AND profile_id <> '$single'`,
      ],
      found: [
        ["merged-profile", { profile: "$canonical" }],
        ["redirect-outside-merge", { node: "$root", profile: "$single" }],
      ],
    },
  ],
  [
    "a merge that leads to its newest profile",
    {
      statements: [
        `DELETE FROM trait_groups WHERE ${inStore} AND profile_id <> '$single'`,
        `DELETE FROM identifiers WHERE ${inStore} AND profile_id <> '$single'`,
        `UPDATE profiles SET id = '$merged', holders = NULL WHERE ${inStore} AND id = '$canonical'`,
        `UPDATE merge_nodes SET canonical_id = '$merged' WHERE ${inStore} AND id = '$root'`,
      ],
      found: [
        ["redirect-to-newer-profile", { node: "$canonical", profile: "$merged" }],
        ["redirect-to-newer-profile", { node: "$root", profile: "$merged" }],
      ],
    },
  ],
  ...["[", "[]", "[1]"].map((text): readonly [string, Damage] => [
    `a trait group that is ${text}`,
    {
      statements: [`UPDATE trait_groups SET traits = '${text}' WHERE ${inStore} AND profile_id = '$single'`],
      found: [["malformed-trait-group", { profile: "$single", group: "Contact" }]],
    },
  ]),
  [
    "a promoted trait without its identifier",
    {
      statements: [`DELETE FROM identifiers WHERE ${inStore} AND profile_id = '$single' AND type = 'phone'`],
      found: [["promoted-trait-without-identifier", { profile: "$single", group: "Contact", trait: "phone" }]],
    },
  ],
  [
    "an import with an unknown status",
    {
      statements: [`UPDATE imports SET status = 'LOST' WHERE ${inStore} AND id = '$pending'`],
      found: [["malformed-import", { import: "$pending" }]],
    },
  ],
  ...[
    ["a job that it should not have", "due_at = 1", "$ended"],
    ["no job", "due_at = NULL", "$pending"],
    ["a file before it was uploaded", "upload_id = 'x'", "$pending"],
    ["no file while it is processed", "upload_id = NULL", "$processing"],
    ["progress beyond its file", "file_offset = 6", "$ended"],
  ].map(([what = "", change = "", id = ""]): readonly [string, Damage] => [
    `an import with ${what}`,
    {
      statements: [`UPDATE imports SET ${change} WHERE ${inStore} AND id = '${id}'`],
      found: [["inconsistent-import", { import: id }]],
    },
  ]),
  [
    "an uploaded file without its import",
    {
      statements: [`DELETE FROM imports WHERE ${inStore} AND id = '$processing'`],
      found: [["upload-without-import", { import: "$processing" }]],
    },
  ],
  [
    "an uploaded file of another size",
    {
      statements: [`UPDATE imports SET file_size = 6 WHERE ${inStore} AND id = '$processing'`],
      found: [["import-without-upload", { import: "$processing" }]],
    },
  ],
];

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
