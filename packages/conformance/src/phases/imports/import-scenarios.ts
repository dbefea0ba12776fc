import { isDeepStrictEqual } from "node:util";
import { bounds, type ColumnMappings, type ProfileImport } from "@memory-api/types";
import { jsonOf } from "../../http/exchange.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";
import {
  createImport,
  describeImport,
  descriptionOf,
  failImport,
  fetchImport,
  MAPPINGS,
  mappingsOf,
  poll,
  untilEnded,
  upload,
  visibleWithinMs,
} from "./import-file.ts";

const ORDER = ["PENDING", "PROCESSING", "COMPLETED", "FAILED"];
const LIST = "listProfileImportsV2";
const FETCH = "fetchProfileImportV2";

/** An import that is read in every state. */
const states: Scenario = {
  name: "imports/states",
  isWriting: true,
  run: async (session) => {
    const file = `email,first,city\n${session.person().email},Ada,Oakland\n,Bo,York\n`;
    const created = await createImport(session, file);
    const { importId } = created;
    const found = await session.eventually(() => fetchImport(session, importId));
    if (found === undefined) return failState(session, "the created import", undefined, "import-not-found");
    checkEcho(session, found, Buffer.byteLength(file));
    if (found.status !== "PENDING") failState(session, "PENDING before the upload", found);
    await upload(session, created);
    let last = 0;
    const ended = await untilEnded(session, importId, (polled) => {
      const state = ORDER.indexOf(polled.status);
      // Reads of an implementation that is eventually consistent may lag, and each by another time.
      if (state < last && session.target.isImmediate) failState(session, `no state before ${ORDER[last]}`, polled);
      last = state;
      checkEcho(session, polled, Buffer.byteLength(file));
    });
    if (ended.status !== "COMPLETED") failState(session, "COMPLETED", ended);
    let again: ProfileImport | undefined;
    const isSettled = await poll(visibleWithinMs(session), async () => {
      again = await fetchImport(session, importId);
      return isDeepStrictEqual(again, ended) || undefined;
    });
    if (isSettled === undefined) failState(session, "no change after the end", again);
  },
};

function failState(
  session: Session,
  expected: string,
  found: ProfileImport | undefined,
  code = "wrong-import-state",
): never {
  const received = describeImport(found);
  return failImport(session, { code, operationId: FETCH, expected, received, source: descriptionOf(session, FETCH) });
}

/** An import returns what it was created with. */
function checkEcho(session: Session, found: ProfileImport, fileSize: number): void {
  const expected = { filename: "people.csv", fileSize, columnMappings: MAPPINGS };
  const received = { filename: found.filename, fileSize: found.fileSize, columnMappings: found.columnMappings };
  const isSame = Object.entries(expected).every(([name, value]) => {
    const property = Object(received)[name];
    // The contract lets an implementation omit these properties, except the name of the file.
    return isDeepStrictEqual(property, value) || (property === undefined && name !== "filename");
  });
  const { createdAt, updatedAt = createdAt } = found;
  const isInOrder = Date.parse(updatedAt) >= Date.parse(createdAt);
  const isUtc = [createdAt, updatedAt].every((time) => String(time).endsWith("Z"));
  if (isSame && isInOrder && isUtc) return;
  failImport(session, {
    code: "import-misreported",
    operationId: FETCH,
    expected: isSame ? "times in UTC, and `updatedAt` not before `createdAt`" : JSON.stringify(expected),
    received: isSame ? `createdAt ${createdAt}, updatedAt ${updatedAt}` : JSON.stringify(received),
    source: { kind: "contract", pointer: "/components/schemas/ProfileImport" },
  });
}

async function listImports(session: Session): Promise<readonly string[]> {
  const exchange = await session.send(LIST);
  session.expectStatus("valid-request-rejected", LIST, exchange, [200], descriptionOf(session, LIST));
  const { imports } = Object(jsonOf(exchange.response));
  return Array.isArray(imports) ? imports : [];
}

function failList(session: Session, expected: string, received: string): never {
  const source = descriptionOf(session, LIST);
  return failImport(session, { code: "imports-misordered", operationId: LIST, expected, received, source });
}

const MAX_LISTED = bounds.ListProfileImportsV2Response.imports.maxItems;

/** The list contains new imports, newest first. If there are more than it may contain, the oldest ones are missing. */
function listScenario(name: string, count: number): Scenario {
  return {
    name,
    isWriting: true,
    run: async (session) => {
      const ids: string[] = [];
      for (let at = 0; at < count; at++) ids.unshift((await createImport(session, "x")).importId);
      let last: readonly string[] = [];
      const listed = await session.eventually(async () => {
        last = await listImports(session);
        return isListed(ids, last) ? last : undefined;
      });
      if (listed === undefined) {
        const missing = ids.filter((id) => !last.includes(id));
        return failImport(session, {
          code: "import-not-found",
          operationId: LIST,
          expected: `the newest ${MAX_LISTED} imports`,
          received: `${last.length} imports, without ${missing.slice(0, 5).join(", ")}`,
          source: descriptionOf(session, LIST),
        });
      }
      const own = listed.filter((id) => ids.includes(id));
      const expected = ids.filter((id) => own.includes(id));
      if (!isDeepStrictEqual(own, expected)) failList(session, expected.join(", "), own.join(", "));
    },
  };
}

/** @param ids newest first. Only the oldest may be missing, and only from a full list, since others may create imports. */
function isListed(ids: readonly string[], list: readonly string[]): boolean {
  const own = ids.filter((id) => list.includes(id)).length;
  const isCut = list.length >= MAX_LISTED && ids.slice(0, own).every((id) => list.includes(id)) && own > 0;
  return own === ids.length || isCut;
}

const list = listScenario("imports/list", 12);

/** With more imports than a list contains, it contains the newest ones. */
export const listBound = listScenario("imports/list-bound", MAX_LISTED + 1);

/** Mappings that match their schema and break a rule that the contract states in prose. */
const WRONG_MAPPINGS: Readonly<Record<string, ColumnMappings>> = {
  "undeclared-trait": mappingsOf({ email: "email", first: "noSuchTrait" }),
  "undeclared-group": [...MAPPINGS, { columnName: "x", traitGroup: "NoSuchGroup", traitName: "email" }],
  "repeated-trait": mappingsOf({ email: "email", first: "firstName", other: "email" }),
  "no-identifier": mappingsOf({ first: "firstName", city: "city" }),
};

const wrongMappings = Object.entries(WRONG_MAPPINGS).map(([name, columnMappings]): Scenario => {
  return {
    name: `imports/mappings-${name}`,
    isWriting: true,
    run: async (session) => {
      const id = "createProfilesImportV2";
      const body = { filename: "people.csv", fileSize: 100, columnMappings };
      const exchange = await session.send(id, { body });
      session.expectStatus("invalid-mappings-accepted", id, exchange, [400], descriptionOf(session, id));
    },
  };
});

export const importScenarios: readonly Scenario[] = [states, list, ...wrongMappings];
