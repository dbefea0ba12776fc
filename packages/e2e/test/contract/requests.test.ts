import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Mock, startMock } from "@memory-api/mock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boundDeviations, responseDeviations } from "./deviations.ts";
import { contractOperations, pointerToken } from "./operations.ts";
import { boundRequests, type PlainRequest } from "./requests.ts";
import { validationError } from "./validation-error.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.stop());

const send = ({ target, ...request }: PlainRequest) => fetch(mock.url + target, { ...request, redirect: "manual" });

const bounds = contractOperations.flatMap((operation) =>
  [...boundRequests(operation)].map((requests) => ({ operation, ...requests })),
);
/** Cases for `it.each` with `%s`. Vitest truncates a `$name` but not a `%s`. */
const byName = <Case extends { name: string }>(cases: readonly Case[]) =>
  cases.map((each) => [each.name, each] as const);
const isDeviation = (name: string) => boundDeviations.some((deviation) => deviation.name === name);
/** Names of the bounds that Prism enforces. */
const enforced = new Set<string>();

describe("the contract", () => {
  const bodyBounds = bounds.filter(({ kind, bound }) => kind === "body" && bound.outside !== undefined);

  it.each(byName(bodyBounds))(
    "allows the value just inside and forbids the value just outside: %s",
    (_, { operation, bound }) => {
      const content = `#/paths/${pointerToken(operation.path)}/${operation.method.toLowerCase()}/requestBody/content`;
      const schema = `${content}/${pointerToken(operation.body?.mediaType ?? "")}/schema`;
      expect(validationError(schema, bound.inside)).toBeUndefined();
      expect(validationError(schema, bound.outside)).toBeDefined();
    },
  );
});

describe("Prism", () => {
  const withoutDeviations = bounds.filter(({ name }) => !isDeviation(name));

  it.each(byName(withoutDeviations))(
    "accepts the request just inside and rejects the request just outside: %s",
    async (name, { inside, outside }) => {
      expect(await send(inside)).toMatchObject({ ok: true });
      const rejected = await send(outside);
      expect(rejected.status).toBe(400);
      expect(validationError("#/components/schemas/ErrorBody", await rejected.json())).toBeUndefined();
      enforced.add(name);
    },
  );

  it("enforces all bounds of the contract, except the known deviations", ({ task }) => {
    task.meta.coverage = `${enforced.size} of ${bounds.length} bounds of requests`;
    expect([...enforced, ...boundDeviations.map(({ name }) => name)].sort()).toEqual(
      bounds.map(({ name }) => name).sort(),
    );
    expect(new Set(bounds.map(({ operation }) => operation.id)).size).toBe(contractOperations.length);
  });
});

describe("the known deviations of Prism", () => {
  it.each(byName(boundDeviations))("still exist at a bound: %s", async (name, { expected, actual }) => {
    const requests = bounds.find((each) => each.name === name);
    if (requests === undefined) throw new Error("The contract has no such bound.");
    const { status: inside } = await send(requests.inside);
    const { status: outside } = await send(requests.outside);
    expect({ inside, outside }).toEqual(actual);
    expect({ inside, outside }).not.toEqual(expected);
  });

  it.each(byName(responseDeviations))("still exist in a response: %s", async (_, { request, expected, actual }) => {
    const response = await send(request);
    const text = await response.text();
    const found = { status: response.status, ...(text !== "" && { body: JSON.parse(text) }) };
    expect(found).toMatchObject(actual);
    const { status, code } = expected;
    expect(found).not.toMatchObject({ status, ...(code !== undefined && { body: { code } }) });
  });

  it("are exactly the ones in the README of the mock", () => {
    const folder = join(createRequire(import.meta.url).resolve("@memory-api/mock/package.json"), "..");
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const [, table] = /<!-- deviations -->\n(.*)<!-- \/deviations -->/s.exec(readme) ?? [];
    const rows = [...boundDeviations, ...responseDeviations].map(
      ({ name, contract, prism }) => `| ${name} | ${contract} | ${prism} |\n`,
    );
    expect(table).toBe(`| Case | The contract says | Prism does |\n| --- | --- | --- |\n${rows.join("")}`);
  });
});
