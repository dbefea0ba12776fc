import type { OpenAPIV3_1 } from "openapi-types";
import type { Exchange } from "../../http/exchange.ts";
import { createPerson } from "../../scenarios/people.ts";
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
  const created = [await createPerson(session), await createPerson(session)];
  const times: unknown[] = [];
  for (const { profileId } of created) {
    times.push(valueIn(await session.send("fetchProfile", { path: { profileId } }), "createdAt"));
  }
  const [ascending, descending] = [
    await listOf(session, { orderBy: "ASC", pageSize: 1 }),
    await listOf(session, { orderBy: "DESC", pageSize: 1 }),
  ];
  if (idsIn(ascending)[0] === idsIn(descending)[0] && idsIn(ascending).length > 0) {
    const expected = "another first profile with orderBy=ASC than with orderBy=DESC";
    reportIgnored(session, parameter, expected, shown(idsIn(ascending)[0]), [ascending, descending]);
    return;
  }
  const byDefault = await listOf(session, { pageSize: 100 });
  const [older, newer] = created.map(({ profileId }) => idsIn(byDefault).indexOf(profileId));
  // Two profiles of the same millisecond may have any order. Others may have been created meanwhile.
  if (times[0] === times[1] || older === undefined || newer === undefined || older < 0 || newer < 0) return;
  expectDefault(session, parameter, "orderBy", newer < older ? "DESC" : "ASC", [byDefault]);
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
  const all = await session.send("fetchProfile", { path });
  const named = await session.send("fetchProfile", { path, query: { traitGroups: group } });
  const none = await session.send("fetchProfile", { path, query: { traitGroups: "NoSuchGroup" } });
  if (valueIn(named, "traits", group) === undefined && valueIn(all, "traits", group) !== undefined) {
    reportIgnored(session, parameter, `the group ${group} with traitGroups=${group}`, shown(valueIn(named, "traits")), [
      exchange,
      named,
    ]);
  }
  if (none.response.status !== 200 || valueIn(none, "traits", group) === undefined) return;
  reportIgnored(session, parameter, "no trait groups with traitGroups=NoSuchGroup", `the group ${group}`, [
    exchange,
    none,
  ]);
};

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
