import { bounds } from "@memory-api/types";
import type { OpenAPIV3_1 } from "openapi-types";
import type { Exchange } from "../../http/exchange.ts";
import { createPerson, declaredBy } from "../../scenarios/people.ts";
import type { Session } from "../../scenarios/session.ts";
import { type Probe, type ProbedParameter, reportIgnored, shown, valueIn } from "./probe.ts";

type Query = Readonly<Record<string, string | number>>;

/** Lists profiles until there are at least two. */
async function listOf(session: Session, query: Query): Promise<Exchange> {
  const list = () => session.send("listProfiles", { query });
  const found = await session.eventually(async () => {
    const page = await list();
    return idsIn(page).length > 1 || valueIn(page, "meta", "nextToken") !== undefined ? page : undefined;
  });
  return found ?? list();
}

export const pageSizeProbe: Probe = async (session, parameter) => {
  for (let count = 0; count < 3; count++) await createPerson(session);
  const pages = [await listOf(session, { pageSize: 1 }), await listOf(session, { pageSize: 2 })];
  for (const [at, page] of pages.entries()) {
    const sizes = [idsIn(page).length, valueIn(page, "meta", "pageSize")];
    if (page.response.status !== 200 || sizes.every((size) => size === at + 1)) continue;
    reportIgnored(
      session,
      parameter,
      `${at + 1} IDs with pageSize=${at + 1}`,
      `${sizes[0]} IDs, meta.pageSize ${shown(sizes[1])}`,
      pages,
    );
    return;
  }
  const byDefault = await listOf(session, {});
  const size = valueIn(byDefault, "meta", "pageSize");
  expectDefault(session, parameter, "pageSize", size, [byDefault]);
};

export const orderByProbe: Probe = async (session, parameter) => {
  for (let count = 0; count < 2; count++) await createPerson(session);
  const ascending = await listOf(session, { orderBy: "ASC", pageSize: 1 });
  const descending = await listOf(session, { orderBy: "DESC", pageSize: 1 });
  const byDefault = await listOf(session, { pageSize: 1 });
  const [oldest, newest, first] = [ascending, descending, byDefault].map((page) => idsIn(page)[0]);
  if (oldest === undefined) return;
  if (oldest === newest) {
    const expected = "another first profile with orderBy=ASC than with orderBy=DESC";
    reportIgnored(session, parameter, expected, shown(oldest), [ascending, descending]);
  } else {
    // Other profiles may be created meanwhile, so the newest one may differ, but not the oldest one.
    expectDefault(session, parameter, "orderBy", first === oldest ? "ASC" : "DESC", [ascending, byDefault]);
  }
};

export const pageTokenProbe: Probe = async (session, parameter) => {
  for (let count = 0; count < 2; count++) await createPerson(session);
  const first = await listOf(session, { pageSize: 1 });
  const pageToken = valueIn(first, "meta", "nextToken");
  if (typeof pageToken !== "string") return;
  const second = await session.send("listProfiles", { query: { pageSize: 1, pageToken } });
  const [one] = idsIn(first);
  if (second.response.status !== 200 || !idsIn(second).includes(one)) return;
  reportIgnored(session, parameter, "another profile on the next page", shown(one), [first, second]);
};

export const traitGroupsProbe: Probe = async (session, parameter) => {
  const { profileId, traits, exchange } = await createPerson(session);
  const [group = ""] = Object.keys(traits);
  const path = { profileId };
  const all = await session.eventually(async () => {
    const found = await session.send("fetchProfile", { path });
    return valueIn(found, "traits", group) === undefined ? undefined : found;
  });
  if (all === undefined) return;
  await expectLongestList(session, profileId);
  const declared = Object.keys(declaredBy(session));
  const inOtherCase = [group.toLowerCase(), group.toUpperCase()].filter((name) => !declared.includes(name));
  for (const [traitGroups, isNamed] of [
    [group, true],
    [`NoSuchGroup,${group}`, true],
    ["NoSuchGroup", false],
    // Names are case-sensitive, like the properties of an object.
    ...inOtherCase.map((name) => [name, false] as const),
  ] as const) {
    const found = await session.send("fetchProfile", { path, query: { traitGroups } });
    const isThere = valueIn(found, "traits", group) !== undefined;
    if (found.response.status !== 200 || isThere === isNamed) continue;
    const expected = `${isNamed ? "" : "not "}the group ${group} with traitGroups=${traitGroups}`;
    reportIgnored(session, parameter, expected, shown(valueIn(found, "traits")), [exchange, found]);
    return;
  }
};

/** A list of names that no store can have more of: as long as the contract allows. */
async function expectLongestList(session: Session, profileId: string): Promise<void> {
  const name = "n".repeat(bounds.TraitGroupName.maxLength / 2);
  const { maxLength } = bounds.TraitGroupList;
  const names = Array.from({ length: maxLength }, () => name).join();
  // A comma at the end would be followed by an empty name.
  const traitGroups = names.slice(0, maxLength).replace(/,$/, "n");
  const found = await session.send("fetchProfile", { path: { profileId }, query: { traitGroups } });
  const source = { kind: "contract", pointer: "/components/schemas/TraitGroupList" } as const;
  session.expectStatus("valid-request-rejected", "fetchProfile", found, [200], source);
}

function expectDefault(
  session: Session,
  { operationId }: ProbedParameter,
  name: string,
  received: unknown,
  evidence: readonly Exchange[],
): void {
  const parameter = session.contract.operation(operationId).parameters.find((each) => each.name === name);
  const schema = parameter?.schema;
  const expected = schema && session.contract.resolve<OpenAPIV3_1.SchemaObject>(schema).default;
  if (expected === undefined || received === undefined || received === expected) return;
  const { pointer } = session.contract.operation(operationId);
  const violation = {
    code: "wrong-default",
    operationId,
    subject: name,
    expected: shown(expected),
    received: shown(received),
  };
  session.report({ ...violation, source: { kind: "contract", pointer } }, evidence);
}

function idsIn(page: Exchange): readonly unknown[] {
  const ids = valueIn(page, "profiles");
  return Array.isArray(ids) ? ids : [];
}
