import { setTimeout as delay } from "node:timers/promises";
import { promotedTargets, type TraitTarget } from "../../contract/declared-traits.ts";
import type { Exchange } from "../../http/exchange.ts";
import { simpleBody } from "../../scenarios/calls.ts";
import { declaredBy, newPerson, textTraits } from "../../scenarios/people.ts";
import type { Session } from "../../scenarios/session.ts";
import { type Probe, reportIgnored, shown, valueIn } from "./probe.ts";

const POLL_MS = 50;
/** Milliseconds within which a file of one row must be imported. */
const IMPORT_WITHIN_MS = 60_000;

interface CreatedImport {
  readonly importId: string;
  readonly url: string;
  readonly exchange: Exchange;
}

export const filenameProbe: Probe = async (session, parameter) => {
  for (const filename of ["one.csv", "two.csv"]) {
    const { importId, exchange } = await createImport(session, { filename });
    const found = await session.send("fetchProfileImportV2", { path: { importId } });
    if (found.response.status !== 200 || valueIn(found, "filename") === filename) continue;
    reportIgnored(session, parameter, `the file name ${filename}`, shown(valueIn(found, "filename")), [
      exchange,
      found,
    ]);
    return;
  }
};

export const importIdProbe: Probe = async (session, parameter) => {
  const imports = [
    await createImport(session, { filename: "one.csv" }),
    await createImport(session, { filename: "two.csv" }),
  ];
  const found: Exchange[] = [];
  for (const { importId } of imports) found.push(await session.send("fetchProfileImportV2", { path: { importId } }));
  const [one, two] = found.map((exchange) => valueIn(exchange, "filename"));
  if (one === undefined || one !== two) return;
  reportIgnored(session, parameter, "another import for another ID", shown(one), [
    ...imports.map(({ exchange }) => exchange),
    ...found,
  ]);
};

export const fileSizeProbe: Probe = async (session, parameter) => {
  const fileSize = 10;
  const { importId, url, exchange } = await createImport(session, { fileSize });
  const found = await session.send("fetchProfileImportV2", { path: { importId } });
  const stored = valueIn(found, "fileSize");
  if (stored !== undefined && stored !== fileSize) {
    reportIgnored(session, parameter, `fileSize ${fileSize}`, shown(stored), [exchange, found]);
  }
  const longer = await upload(session, url, "a,b\n1,2\n3,4\n");
  if (longer.response.status >= 300) return;
  reportIgnored(session, parameter, `a file of ${fileSize} bytes, and no longer one`, "a success", [exchange, longer]);
};

/** Imports a row, and checks the trait that a column is mapped to. */
export const mappingProbe: Probe = async (session, parameter) => {
  const [one, other, last] = textTraits(session, 3);
  if (one === undefined || other === undefined || last === undefined) return;
  for (const [columnName, target, value] of [
    ["first", one, "in the first column"],
    ["second", one, "in the second column"],
    ["first", other, "in the first column"],
  ] as const) {
    const { found, evidence } = await importOneRow(session, columnName, target, last);
    const { traitGroup, traitName } = target;
    const received = valueIn(found, "traits", traitGroup, traitName);
    const misplaced = valueIn(found, "traits", other.traitGroup, other.traitName);
    const isLastMapped = valueIn(found, "traits", last.traitGroup, last.traitName) === "in the second column";
    if (received === value && isLastMapped && (target === other || misplaced === undefined)) continue;
    const expected = `${traitGroup}.${traitName} ${JSON.stringify(value)}, mapped from the column ${columnName}, and ${last.traitName} from the column second`;
    reportIgnored(session, parameter, expected, shown(valueIn(found, "traits")), evidence);
    return;
  }
};

/** A group that the store does not declare must make a difference. */
export const traitGroupProbe: Probe = async (session, parameter) => {
  const { columnMappings, ...rest } = Object(simpleBody(session, "createProfilesImportV2"));
  const [first, second] = columnMappings;
  const body = { ...rest, columnMappings: [first, { ...second, traitGroup: "NoSuchGroup" }] };
  const exchange = await session.send("createProfilesImportV2", { body });
  if (exchange.response.status >= 300) return mappingProbe(session, parameter);
  reportIgnored(session, parameter, "status 400 for a group that is not declared", "a success", [exchange]);
};

export const uploadIdProbe: Probe = async (session, parameter) => {
  const [one, other] = [await createImport(session, {}), await createImport(session, {})];
  const path = importPathOf(session, one);
  const swapped = await upload(session, one.url.replace(path, importPathOf(session, other)), ROW_OF_64);
  if (swapped.response.status >= 300) return;
  reportIgnored(session, parameter, "status 403 for the token of another import", "a success", [
    one.exchange,
    other.exchange,
    swapped,
  ]);
};

export const uploadTokenProbe: Probe = async (session, parameter) => {
  const created = await createImport(session, {});
  importPathOf(session, created);
  const url = new URL(created.url);
  for (const token of ["", "0", `${url.searchParams.get("token")}0`]) {
    url.searchParams.set("token", token);
    const forged = await upload(session, url.href, ROW_OF_64);
    if (forged.response.status >= 300) continue;
    reportIgnored(session, parameter, "status 403 for a token that was not issued", "a success", [
      created.exchange,
      forged,
    ]);
    return;
  }
};

const ROW_OF_64 = "a,b\n".padEnd(64, "x");

async function createImport(session: Session, changes: object): Promise<CreatedImport> {
  const body = { ...Object(simpleBody(session, "createProfilesImportV2")), ...changes };
  const exchange = await session.send("createProfilesImportV2", { body });
  const { pointer } = session.contract.operation("createProfilesImportV2");
  const source = { kind: "contract", pointer } as const;
  session.expectStatus("valid-request-rejected", "createProfilesImportV2", exchange, [201], source);
  return { importId: String(valueIn(exchange, "importId")), url: String(valueIn(exchange, "url")), exchange };
}

async function upload(session: Session, url: string, body: string): Promise<Exchange> {
  const isOwn = new URL(url).origin === new URL(session.target.baseUrl).origin;
  const request = { method: "PUT", url, headers: { "Content-Type": "text/csv" }, body };
  return session.sendRaw(request, isOwn ? "uploadImportFile" : undefined);
}

/** The path of an upload URL. Ends the scenario if it is not one of the contract. */
function importPathOf(session: Session, { importId, url }: CreatedImport): string {
  const path = session.contract.operation("uploadImportFile").path.replace("{importId}", importId);
  if (new URL(url).pathname === path) return path;
  return session.notRun("the upload URL leads to another server or path, where the contract does not apply");
}

async function importOneRow(session: Session, columnName: string, target: TraitTarget, last: TraitTarget) {
  const [promoted] = promotedTargets(declaredBy(session));
  if (promoted === undefined) return session.notRun("the store promotes no trait to an identifier");
  const person = newPerson(session);
  const identifier = person[promoted.traitGroup]?.[promoted.traitName];
  const csv = `identifier,first,second\n${identifier},in the first column,in the second column\n`;
  const mapping = (name: string, { traitGroup, traitName }: TraitTarget) => ({
    columnName: name,
    traitGroup,
    traitName,
  });
  const columnMappings = [mapping("identifier", promoted), mapping(columnName, target), mapping("second", last)];
  const created = await createImport(session, { fileSize: Buffer.byteLength(csv), columnMappings });
  const uploaded = await upload(session, created.url, csv);
  const ended = await untilEnded(session, created.importId);
  const resolved = await session.send("createProfile", { body: { traits: person } });
  const profileId = String(valueIn(resolved, "id"));
  const fetch = () => session.send("fetchProfile", { path: { profileId } });
  const visible = await session.eventually(async () => {
    const exchange = await fetch();
    return valueIn(exchange, "traits", target.traitGroup, target.traitName) === undefined ? undefined : exchange;
  });
  const found = visible ?? (await fetch());
  return { found, evidence: [created.exchange, uploaded, ended, resolved, found] };
}

async function untilEnded(session: Session, importId: string): Promise<Exchange> {
  const deadline = performance.now() + IMPORT_WITHIN_MS;
  for (;;) {
    const exchange = await session.send("fetchProfileImportV2", { path: { importId } });
    if (["COMPLETED", "FAILED"].includes(String(valueIn(exchange, "status")))) return exchange;
    if (performance.now() > deadline)
      return session.notRun(`the import of one row did not end within ${IMPORT_WITHIN_MS} ms`);
    await delay(POLL_MS);
  }
}
