import type { ViolationKind } from "../../src/verification/violation.ts";
import { storeId } from "../support/settings-for-tests.ts";

export interface Damage {
  /** With `$` before the name of what is stored. */
  readonly statements: readonly string[];
  /** Everything that is found. */
  readonly found: readonly (readonly [kind: ViolationKind, ids: Readonly<Record<string, string>>])[];
}

export const UNKNOWN = "mem_profile_7zzzzzzzzzzzzzzzzzzzzzzzzz";
export const inStore = `store_id = '${storeId}'`;

/** Each way to damage what `storeData` stores, with what it is. */
export const DAMAGES: readonly (readonly [what: string, damage: Damage])[] = [
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
