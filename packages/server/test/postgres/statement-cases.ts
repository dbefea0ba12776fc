import * as inspection from "../../src/storage/postgres/inspection-statements.ts";
import * as sql from "../../src/storage/postgres/statements.ts";
import { TABLE_NAMES, TABLES } from "../../src/storage/tables.ts";

/** A value for each profile of a list. */
const each = (size: number, make: (n: number) => unknown) => Array.from({ length: size }, (_, at) => make(at * 97 + 1));

/** Statements with values, by name. The values begin after the store, and are for so many profiles. */
export function profileCases(size: number): Record<string, [statement: string, values: unknown[]]> {
  const ids = each(size, (n) => `profile ${String(n).padStart(6, "0")}`);
  const lostIds = each(size, (n) => `lost ${n}`);
  const newIds = each(size, (n) => `new ${n}`);
  const [types, values, times] = [each(size, () => "email"), each(size, String), each(size, (n) => n)];
  const [names, traits] = [each(size, () => "Contact"), each(size, () => "[]")];
  const write = (name: keyof typeof sql.writes, ...columns: unknown[]): [string, unknown[]] => [
    sql.allOf([sql.writes[name]]),
    columns,
  ];
  return {
    claimIdentifiers: [sql.claimIdentifiers, [types, values, ids, times]],
    selectCanonicalIds: [sql.selectCanonicalIds, [lostIds]],
    selectIdentifiersOf: [sql.selectIdentifiersOf, [lostIds]],
    lockProfiles: [sql.lockProfiles, [types, values, lostIds]],
    lockProfilesNow: [sql.lockProfilesNow, [types, values, lostIds]],
    selectContents: [sql.selectContents, [ids, [...ids, ...lostIds]]],
    lockIdentifiersNow: [sql.lockIdentifiersNow, [types, values]],
    insertProfiles: write("insertProfiles", newIds, times, newIds),
    updateProfiles: write("updateProfiles", ids, times, newIds),
    deleteProfiles: write("deleteProfiles", ids),
    deleteTraitGroupsOfProfiles: write("deleteTraitGroupsOfProfiles", ids),
    upsertNodes: write("upsertNodes", lostIds, ids, times, ids),
    deleteIdentifiers: write("deleteIdentifiers", types, values),
    upsertIdentifiers: write("upsertIdentifiers", types, values, ids, times),
    insertTraitGroups: write("insertTraitGroups", newIds, names, traits),
    upsertTraitGroups: write("upsertTraitGroups", ids, names, traits),
    selectProfile: [sql.selectProfile, [ids[0], names]],
    listProfilesAscending: [sql.listProfilesAscending, ["profile 000500", size]],
    listProfilesDescending: [sql.listProfilesDescending, ["~", size]],
  };
}

const importValues = ["", 1, "", "FAILED", 1, 1, 1, null, 0, 0, 0, 0, null, null, 0];
if (importValues.length + 2 !== Object.keys(TABLES.imports).length) throw new Error("A value for a column is missing.");

/** Statements about imports and their files, with values. */
export const importCases: Record<string, [statement: string, values: unknown[]]> = {
  insertImport: [sql.insertImport, ["new", ...importValues]],
  updateImport: [sql.updateImport, ["7", ...importValues]],
  selectImport: [sql.selectImport, ["7"]],
  lockImport: [sql.lockImport, ["7"]],
  lockDueImport: [sql.lockDueImport, [100]],
  selectOldestDueAt: [sql.selectOldestDueAt, [100]],
  listImports: [sql.listImports, [100]],
  insertChunk: [sql.insertChunk, ["7", "other", 0, Buffer.from("bytes")]],
  selectChunk: [sql.selectChunk, ["7", "upload", 0]],
  deleteUpload: [sql.deleteUpload, ["7", "upload"]],
  deleteUploads: [sql.deleteUploads, ["7"]],
};

/** Statements of an operator's commands about profiles, as `profileCases`. */
export function inspectionCases(size: number): Record<string, [statement: string, values: unknown[]]> {
  const ids = each(size, (n) => `profile ${String(n).padStart(6, "0")}`);
  const lostIds = each(size, (n) => `lost ${n}`);
  return {
    countRows: [inspection.countRows("profiles"), [size]],
    pageOfProfiles: [inspection.selectPage("profiles"), [size, "profile 000500"]],
    pageOfNodes: [inspection.selectPage("merge_nodes"), [size, "lost 5"]],
    pageOfIdentifiers: [inspection.selectPage("identifiers"), [size, "email", "5"]],
    pageOfTraitGroups: [inspection.selectPage("trait_groups"), [size, "profile 000500", "Contact"]],
    profilesWhere: [inspection.selectWhere("profiles", "id"), [ids]],
    nodesWhere: [inspection.selectWhere("merge_nodes", "id"), [lostIds]],
    identifiersWhere: [inspection.selectWhere("identifiers", "profile_id"), [[...ids, ...lostIds]]],
  };
}

/** Statements of an operator's commands about imports and their files, with values. */
export const importInspectionCases: Record<string, [statement: string, values: unknown[]]> = {
  listNewestImports: [inspection.listImports, ["~", null, 100]],
  nextUpload: [inspection.nextUpload, ["7", "upload"]],
  selectUploadSize: [inspection.selectUploadSize, ["7", "upload"]],
};

/** Statements that read or write whole tables of a store, or nothing, with values. */
export const tableCases: Record<string, [statement: string, values: unknown[]]> = {
  deleteUnneededUploads: [sql.deleteUnneededUploads, []],
  probe: [sql.probe, []],
  ...Object.fromEntries(
    TABLE_NAMES.flatMap((table) => {
      const { select, clear, insert } = sql.tableStatements(table);
      const columns = Object.values(TABLES[table]).slice(1);
      const values = columns.map((type) => (type.startsWith("text") ? ["one", "two"] : [1, 2]));
      const named: [string, [string, unknown[]]][] = [
        [`select ${table}`, [select, []]],
        [`clear ${table}`, [clear, []]],
        [`insert ${table}`, [insert, values]],
      ];
      return named;
    }),
  ),
};
