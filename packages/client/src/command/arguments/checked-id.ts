import { type ImportId, type ProfileId, patterns, type StoreId } from "@memory-api/types";
import { UsageError } from "./usage-error.ts";

interface Ids {
  StoreId: StoreId;
  ProfileId: ProfileId;
  ImportId: ImportId;
}

/**
 * An ID as the contract has it.
 *
 * @param place what was typed, for the error
 * @throws {UsageError}
 */
export function checkedId<Kind extends keyof Ids>(kind: Kind, given: string, place: string): Ids[Kind] {
  if (isId(kind, given)) return given;
  throw new UsageError(`${place} must match ${patterns[kind].source}.`);
}

function isId<Kind extends keyof Ids>(kind: Kind, given: string): given is Ids[Kind] {
  return patterns[kind].test(given);
}
