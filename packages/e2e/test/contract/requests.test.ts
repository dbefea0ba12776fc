import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Mock, startMock } from "@memory-api/mock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { misfit } from "./contract-ajv.ts";
import "./coverage.ts";
import { answerDeviations, boundDeviations } from "./deviations.ts";
import { contractOperations, fragment } from "./operations.ts";
import { boundRequests, type PlainRequest } from "./requests.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.stop());

const send = ({ target, ...request }: PlainRequest) => fetch(mock.url + target, { ...request, redirect: "manual" });

const bounds = contractOperations.flatMap((operation) =>
  [...boundRequests(operation)].map((requests) => ({ operation, ...requests })),
);
/** Named in full: vitest cuts a `$name` short, but no `%s`. */
const named = <Case extends { name: string }>(cases: readonly Case[]) =>
  cases.map((each) => [each.name, each] as const);
const isKnown = (name: string) => boundDeviations.some((deviation) => deviation.name === name);
/** Names of the bounds that were found to be kept. */
const held = new Set<string>();

describe("the contract itself", () => {
  const ofBodies = bounds.filter(({ of, bound }) => of === "body" && bound.outside !== undefined);

  it.each(named(ofBodies))("allows just inside and forbids just outside: %s", (_, { operation, bound }) => {
    const place = `#/paths/${fragment(operation.path)}/${operation.method.toLowerCase()}/requestBody/content`;
    const schema = `${place}/${fragment(operation.body?.mediaType ?? "")}/schema`;
    expect(misfit(schema, bound.inside)).toBeUndefined();
    expect(misfit(schema, bound.outside)).toBeDefined();
  });
});

describe("Prism accepts just inside and refuses just outside", () => {
  it.each(named(bounds.filter(({ name }) => !isKnown(name))))("%s", async (name, { inside, outside }) => {
    expect(await send(inside)).toMatchObject({ ok: true });
    const refused = await send(outside);
    expect(refused.status).toBe(400);
    expect(misfit("#/components/schemas/ErrorBody", await refused.json())).toBeUndefined();
    held.add(name);
  });

  it("for the bounds of the contract, but for those of the table", ({ task }) => {
    task.meta.coverage = `${held.size} of ${bounds.length} bounds of requests`;
    expect([...held, ...boundDeviations.map(({ name }) => name)].sort()).toEqual(bounds.map(({ name }) => name).sort());
    expect(new Set(bounds.map(({ operation }) => operation.id)).size).toBe(contractOperations.length);
  });
});

describe("known deviations: one that mends itself fails here", () => {
  it.each(named(boundDeviations))("%s", async (name, { expected, actual }) => {
    const requests = bounds.find((each) => each.name === name);
    if (requests === undefined) throw new Error("The contract has no such bound.");
    const { status: inside } = await send(requests.inside);
    const { status: outside } = await send(requests.outside);
    expect({ inside, outside }).toEqual(actual);
    expect({ inside, outside }).not.toEqual(expected);
  });

  it.each(named(answerDeviations))("%s", async (_, { request, expected, actual }) => {
    const answer = await send(request);
    const text = await answer.text();
    const found = { status: answer.status, ...(text !== "" && { body: JSON.parse(text) }) };
    expect(found).toMatchObject(actual);
    const { status, code } = expected;
    expect(found).not.toMatchObject({ status, ...(code !== undefined && { body: { code } }) });
  });

  it("are told in the README of the mock, all of them and no others", () => {
    const folder = join(createRequire(import.meta.url).resolve("@memory-api/mock/package.json"), "..");
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const [, table] = /<!-- deviations -->\n(.*)<!-- \/deviations -->/s.exec(readme) ?? [];
    const rows = [...boundDeviations, ...answerDeviations].map(
      ({ name, contract, prism }) => `| ${name} | ${contract} | ${prism} |\n`,
    );
    expect(table).toBe(`| Case | The contract says | Prism does |\n| --- | --- | --- |\n${rows.join("")}`);
  });
});
