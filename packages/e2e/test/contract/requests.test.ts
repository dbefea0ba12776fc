import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Mock, startMock } from "@memory-api/mock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { misfit } from "./contract-ajv.ts";
import { answerDeviations, boundDeviations } from "./deviations.ts";
import { contractOperations, fragment } from "./operations.ts";
import { type BoundRequests, boundRequests, type PlainRequest } from "./requests.ts";

declare module "vitest" {
  interface TaskMeta {
    /** How much of the contract the tests reached; `pnpm test` prints it. */
    coverage?: string;
  }
}

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.stop());

const send = ({ target, ...request }: PlainRequest) => fetch(mock.url + target, { ...request, redirect: "manual" });

const bounds = contractOperations.flatMap((operation) =>
  [...boundRequests(operation)].map((requests) => ({ operation, ...requests })),
);
const isKnown = (name: string) => boundDeviations.some((deviation) => deviation.name === name);

describe("the contract itself", () => {
  const ofBodies = bounds.filter(({ of, bound }) => of === "body" && bound.outside !== undefined);

  it.each(ofBodies)("allows just inside and forbids just outside: $name", ({ operation, bound }) => {
    const place = `#/paths/${fragment(operation.path)}/${operation.method.toLowerCase()}/requestBody/content`;
    const schema = `${place}/${fragment(operation.body?.mediaType ?? "")}/schema`;
    expect(misfit(schema, bound.inside)).toBeUndefined();
    expect(misfit(schema, bound.outside)).toBeDefined();
  });
});

/** Whether Prism accepts what is just inside, and refuses what is just outside with the error body. */
async function isHeld({ inside, outside }: BoundRequests): Promise<boolean> {
  const accepted = await send(inside);
  const refused = await send(outside);
  if (!accepted.ok || refused.status !== 400) return false;
  return misfit("#/components/schemas/ErrorBody", await refused.json()) === undefined;
}

describe("Prism accepts just inside and refuses just outside", () => {
  it.each(bounds.filter(({ name }) => !isKnown(name)))("$name", async (requests) => {
    await expect(isHeld(requests)).resolves.toBe(true);
  });

  it("for the bounds of the contract, but for those of the table", ({ task }) => {
    const held = bounds.filter(({ name }) => !isKnown(name));
    task.meta.coverage = `${held.length} of ${bounds.length} bounds of requests`;
    expect(held.length + boundDeviations.length).toBe(bounds.length);
    expect(new Set(bounds.map(({ operation }) => operation.id)).size).toBe(10);
  });
});

describe("known deviations: one that mends itself fails here", () => {
  it.each(bounds.filter(({ name }) => isKnown(name)))("$name", async (requests) => {
    await expect(isHeld(requests)).resolves.toBe(false);
  });

  it.each(answerDeviations)("$name: $prism", async ({ request, expected, actual }) => {
    const answer = await send(request);
    const text = await answer.text();
    const found = { status: answer.status, ...(text !== "" && { body: JSON.parse(text) }) };
    expect(found).toMatchObject(actual);
    const { status, code } = expected;
    expect(found).not.toMatchObject({ status, ...(code !== undefined && { body: { code } }) });
  });

  it("are all told in the README of the mock", () => {
    const folder = join(createRequire(import.meta.url).resolve("@memory-api/mock/package.json"), "..");
    const rows = [...boundDeviations, ...answerDeviations].map(
      ({ name, contract, prism }) => `| ${name} | ${contract} | ${prism} |`,
    );
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(rows.join("\n"));
  });
});
