import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { type ColumnMappings, operations, type ProfileImport } from "@memory-api/types";
import type { Source, Violation } from "../../findings/finding.ts";
import { type Exchange, type HttpRequest, headerOf, jsonOf } from "../../http/exchange.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";
import { StopScenario } from "../../scenarios/stop-scenario.ts";

/** The group of the default store, whose traits every import of this phase uses. */
const GROUP = "Contact";

/** Columns of the files of this phase, each with the trait that it is mapped to. */
export const MAPPINGS = mappingsOf({ email: "email", first: "firstName", city: "city" });

/** Mappings from the names of columns to the names of traits. */
export function mappingsOf(traits: Readonly<Record<string, string>>): ColumnMappings {
  return Object.entries(traits).map(([columnName, traitName]) => ({ columnName, traitGroup: GROUP, traitName }));
}

export type ContactTraits = Readonly<Record<string, string | number>>;

/** An import that waits for its file. */
export interface CreatedImport {
  readonly importId: string;
  readonly url: string;
  /** The request of a correct upload. */
  readonly upload: HttpRequest & { readonly body: Uint8Array };
}

/** The description of an operation, where the contract states the rules of imports. */
export function descriptionOf(session: Session, id: keyof typeof operations): Source {
  return { kind: "contract", pointer: `${session.contract.operation(id).pointer}/description` };
}

/** Creates an import for a file. */
export async function createImport(
  session: Session,
  file: string | Uint8Array,
  columnMappings: ColumnMappings = MAPPINGS,
): Promise<CreatedImport> {
  const body = Buffer.from(file);
  const call = { body: { filename: "people.csv", fileSize: body.length, columnMappings } };
  const exchange = await session.send("createProfilesImportV2", call);
  const source = descriptionOf(session, "createProfilesImportV2");
  session.expectStatus("import-rejected", "createProfilesImportV2", exchange, [201], source);
  const { importId, url } = Object(jsonOf(exchange.response));
  if (typeof importId !== "string" || typeof url !== "string" || !URL.canParse(url)) {
    const received = JSON.stringify({ importId, url });
    const pointer = "/components/schemas/CreateProfilesImportV2Response";
    return session.fail({
      code: "invalid-body",
      operationId: "createProfilesImportV2",
      expected: "`importId`, and an absolute URL as `url`",
      received,
      source: { kind: "contract", pointer },
    });
  }
  const [mediaType = ""] = Object.keys(session.contract.operation("uploadImportFile").requestSchemas);
  return { importId, url, upload: { method: "PUT", url, headers: { "Content-Type": mediaType }, body } };
}

/** Whether an upload URL has the form of the contract, and not one of an object storage, which follows rules of its own. */
export function isUploadOfContract({ importId, url }: CreatedImport): boolean {
  const { pathname, searchParams } = new URL(url);
  return (
    pathname.endsWith(operations.uploadImportFile.path.replace("{importId}", importId)) && searchParams.has("token")
  );
}

/** Uploads the file of an import. Ends the scenario if that is rejected. */
export async function upload(session: Session, created: CreatedImport): Promise<void> {
  const exchange = await session.sendRaw(created.upload, isUploadOfContract(created) ? "uploadImportFile" : undefined);
  session.expectStatus(
    "upload-rejected",
    "uploadImportFile",
    exchange,
    [200],
    descriptionOf(session, "uploadImportFile"),
  );
}

/** Polls an import until it has ended. Ends the scenario if it does not in time. */
export async function untilEnded(
  session: Session,
  importId: string,
  onPoll?: (found: ProfileImport) => void,
): Promise<ProfileImport> {
  const { isInTime, found } = await pollImport(session, importId, onPoll);
  if (isInTime && found !== undefined) return found;
  return failImport(session, {
    code: "import-not-finished",
    operationId: "fetchProfileImportV2",
    expected: "COMPLETED or FAILED within the time that the target allows",
    received: describeImport(found),
    source: descriptionOf(session, "fetchProfileImportV2"),
  });
}

/**
 * Polls an import until it has ended, or the time is over.
 *
 * @param onPoll called with each state that was read
 */
export async function pollImport(
  session: Session,
  importId: string,
  onPoll: (found: ProfileImport) => void = () => {},
): Promise<{ readonly isInTime: boolean; readonly found: ProfileImport | undefined }> {
  const { importWithinMs = 60_000 } = session.target;
  let found: ProfileImport | undefined;
  const ended = await poll(importWithinMs, async () => {
    found = await fetchImport(session, importId);
    if (found !== undefined) onPoll(found);
    return found?.status === "COMPLETED" || found?.status === "FAILED" ? found : undefined;
  });
  return { isInTime: ended !== undefined, found };
}

/** @returns `undefined` if the import is not visible yet */
export async function fetchImport(session: Session, importId: string): Promise<ProfileImport | undefined> {
  const exchange = await session.send("fetchProfileImportV2", { path: { importId } });
  return exchange.response.status === 200 ? Object(jsonOf(exchange.response)) : undefined;
}

export function describeImport(found: ProfileImport | undefined): string {
  if (found === undefined) return "no such import";
  const { status, summary } = found;
  return summary === undefined ? status : `${status} with ${JSON.stringify(summary)}`;
}

/** Sets traits of a person, with an identifier among them. @returns the ID of the profile */
export async function setTraits(session: Session, traits: ContactTraits): Promise<string> {
  const exchange = await session.send("createProfile", { body: { traits: { [GROUP]: traits } } });
  const source = descriptionOf(session, "createProfile");
  session.expectStatus("valid-request-rejected", "createProfile", exchange, [202], source);
  return String(Object(jsonOf(exchange.response)).id);
}

/**
 * Reads the traits of a profile until they are as expected, or as long as a write may take to become visible.
 *
 * @returns the last traits, and the ID of the profile that has them
 */
export async function readTraits(
  session: Session,
  profileId: string,
  isExpected: (traits: ContactTraits) => boolean,
): Promise<{ readonly id: string; readonly traits: ContactTraits; readonly exchange: Exchange }> {
  let last: { readonly id: string; readonly traits: ContactTraits; readonly exchange: Exchange } | undefined;
  await poll(visibleWithinMs(session), async () => {
    let exchange = await session.send("fetchProfile", { path: { profileId } });
    const canonical = headerOf(exchange.response, "canonical-profile-id");
    if (exchange.response.status === 301 && canonical !== undefined)
      exchange = await session.send("fetchProfile", { path: { profileId: canonical } });
    const { id, traits } = Object(jsonOf(exchange.response));
    last = { id, traits: Object(traits)[GROUP] ?? {}, exchange };
    return isExpected(last.traits) ? last : undefined;
  });
  if (last === undefined) throw new Error("A poll reads at least once.");
  return last;
}

/** Reports a violation with the exchanges that show it, and ends the scenario. */
export function failImport(session: Session, violation: Violation): never {
  session.report(violation, evidenceOf(session));
  throw new StopScenario(violation.code);
}

/**
 * The exchanges of a scenario without its polls. What a file contains connects them, so none of the others can be left out.
 */
export function evidenceOf({ exchanges }: Session): Exchange[] {
  return exchanges.filter(({ request }, at) => {
    const next = exchanges[at + 1]?.request;
    return request.method !== "GET" || next?.method !== "GET" || next.url !== request.url;
  });
}

/** Ends the scenario unless a profile gets the expected traits. */
export async function expectTraits(
  session: Session,
  code: string,
  profileId: string,
  expected: ContactTraits,
): Promise<string> {
  const { id, traits, exchange } = await readTraits(session, profileId, (found) => isDeepStrictEqual(found, expected));
  if (isDeepStrictEqual(traits, expected)) return id;
  return failImport(session, {
    code,
    operationId: "uploadImportFile",
    expected: `a profile with ${JSON.stringify(expected)}`,
    received: exchange.response.status === 200 ? JSON.stringify(traits) : describeResponse(exchange),
    source: descriptionOf(session, "fetchProfileImportV2"),
  });
}

/** Milliseconds until the effect of a completed import must be visible. */
export function visibleWithinMs({ target }: Session): number {
  return target.isImmediate ? 0 : target.eventualWithinMs;
}

/** Repeats a read with growing pauses until it returns a value, or the time is over. */
export async function poll<Result>(
  withinMs: number,
  read: () => Promise<Result | undefined>,
): Promise<Result | undefined> {
  const startedAt = performance.now();
  for (let pause = 10; ; pause = Math.min(2 * pause, 1000)) {
    const result = await read();
    if (result !== undefined || performance.now() - startedAt > withinMs) return result;
    await delay(pause);
  }
}
