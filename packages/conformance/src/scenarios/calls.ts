import type { OperationId } from "@memory-api/types";
import { promotedTargets, traitTargets } from "../contract/declared-traits.ts";
import { jsonOf } from "../http/exchange.ts";
import { createPerson, declaredBy, newPerson } from "./people.ts";
import type { Call, Session } from "./session.ts";

/** The part of an ID after its prefix, of no resource that a service issued: the time lies in the far future. */
const UNKNOWN_SUFFIX = "7zzzzzzzzzzzzzzzzzzzzzzzzz";

/** Well-formed IDs of resources that do not exist, by path parameter. */
export const UNKNOWN_IDS: Readonly<Record<string, string>> = {
  storeId: `mem_store_${UNKNOWN_SUFFIX}`,
  profileId: `mem_profile_${UNKNOWN_SUFFIX}`,
  importId: `mem_import_${UNKNOWN_SUFFIX}`,
};

/** The simplest valid body of an operation; `undefined` if it takes no JSON. */
export function simpleBody(session: Session, id: OperationId): unknown {
  switch (id) {
    case "createProfile":
      return { traits: newPerson(session) };
    case "updateProfilesBulk":
      return { profiles: [{ traits: newPerson(session) }] };
    case "patchProfileTraits":
      return { traits: {} };
    case "createProfilesImportV2":
      return simpleImport(session);
    default:
      return undefined;
  }
}

/** A call whose path parameters name resources that do not exist. Apart from that, it is valid. */
export function callOfNothing(session: Session, id: OperationId): Call {
  const body = id === "uploadImportFile" ? "a\n" : simpleBody(session, id);
  const path = Object.fromEntries(
    session.contract
      .operation(id)
      .parameters.flatMap(({ name }) =>
        name === "profileId" || name === "importId" ? [[name, UNKNOWN_IDS[name] ?? ""]] : [],
      ),
  );
  return { path, ...(body !== undefined && { body }) };
}

/** The simplest call that succeeds. Creates the profile or import that it names. */
export async function simpleCall(session: Session, id: OperationId): Promise<Call> {
  const call = callOfNothing(session, id);
  if (call.path?.["profileId"] !== undefined) {
    return { ...call, path: { profileId: (await createPerson(session)).profileId } };
  }
  if (call.path?.["importId"] !== undefined) {
    const created = await session.send("createProfilesImportV2", { body: simpleImport(session) });
    return { ...call, path: { importId: String(Object(jsonOf(created.response)).importId) } };
  }
  return call;
}

function simpleImport(session: Session): unknown {
  const declared = declaredBy(session);
  const [promoted] = promotedTargets(declared);
  const others = traitTargets(declared).filter(({ trait }) => trait !== promoted?.trait);
  const columnMappings = [promoted, ...others].slice(0, 2).map((target, at) => ({
    columnName: `column_${at}`,
    traitGroup: target?.traitGroup,
    traitName: target?.traitName,
  }));
  return { filename: "conformance.csv", fileSize: 64, columnMappings };
}
