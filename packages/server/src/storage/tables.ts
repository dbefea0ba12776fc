/** Integers are times and counts, and therefore safe integers. A question mark means that the column may be null. */
type ColumnType = "text" | "text?" | "integer" | "integer?";

/** Every table of a snapshot, with its columns in their order. The migrations of both engines create them. */
export const TABLES = {
  profiles: { store_id: "text", id: "text", created_at: "integer", holders: "text?" },
  merge_nodes: { store_id: "text", id: "text", parent_id: "text?", size: "integer?", canonical_id: "text?" },
  identifiers: { store_id: "text", type: "text", value: "text", profile_id: "text", added_at: "integer" },
  trait_groups: { store_id: "text", profile_id: "text", name: "text", traits: "text" },
  imports: {
    store_id: "text",
    id: "text",
    filename: "text",
    file_size: "integer",
    column_mappings: "text",
    status: "text",
    created_at: "integer",
    updated_at: "integer",
    expires_at: "integer",
    upload_id: "text?",
    file_offset: "integer",
    row_count: "integer",
    error_count: "integer",
    warning_count: "integer",
    due_at: "integer?",
    owner: "text?",
    attempts: "integer",
  },
} as const satisfies Record<string, Readonly<Record<string, ColumnType>>>;

export type TableName = keyof typeof TABLES;

/** A row of a table, by column name. */
export type TableRow<Name extends TableName> = {
  readonly [Column in keyof (typeof TABLES)[Name]]: ColumnValue<(typeof TABLES)[Name][Column]>;
};

type ColumnValue<Type> = Type extends "text"
  ? string
  : Type extends "integer"
    ? number
    : Type extends "text?"
      ? string | null
      : number | null;

/** The columns after `store_id` in the primary key of each table. */
export const KEYS = {
  profiles: ["id"],
  merge_nodes: ["id"],
  identifiers: ["type", "value"],
  trait_groups: ["profile_id", "name"],
  imports: ["id"],
} as const satisfies { readonly [Name in TableName]: readonly (keyof TableRow<Name>)[] };

export const TABLE_NAMES = Object.keys(TABLES) as TableName[];
