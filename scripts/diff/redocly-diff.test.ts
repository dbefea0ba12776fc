import { expect, it } from "vitest";
import { redoclyDiff } from "./redocly-diff.ts";

const info = { title: "Items", version: "1.0.0" };
const document = (schema: unknown) => ({
  openapi: "3.1.0",
  info,
  paths: {},
  components: { schemas: { Item: schema } },
});

it("returns the changes of each pair, in order", async () => {
  const string = document({ type: "string" });
  const reports = await redoclyDiff([
    [string, document({ type: "number" })],
    [string, string],
    [string, document({ type: "string", title: "Item" })],
  ]);
  expect(reports.map((changes) => changes.map(({ property }) => property))).toEqual([["type"], [], ["title"]]);
});

it("rejects a contract with a broken reference, and names it", async () => {
  const broken = document({ $ref: "#/components/schemas/Missing" });
  await expect(redoclyDiff([[document({}), broken]])).rejects.toThrow("Can't resolve $ref");
});

it("rejects what is not an OpenAPI document", async () => {
  await expect(redoclyDiff([[document({}), { swagger: "2.0", info, paths: {} }]])).rejects.toThrow("Command failed");
});
