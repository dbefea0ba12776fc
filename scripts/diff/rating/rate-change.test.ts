import { describe, expect, it } from "vitest";
import { changesOfPairs } from "../contract-changes.ts";
import type { Node } from "./contract-nodes.ts";

const servers = [{ url: "https://items.example" }];
const contract = (operation: Node): Node => ({
  openapi: "3.1.0",
  info: { title: "Items", version: "1.0.0" },
  paths: {
    "/items": { get: { operationId: "listItems", responses: { "200": { description: "Items." } }, ...operation } },
  },
});

const reasonsFor = async (before: Node, after: Node) => {
  const [changes = []] = await changesOfPairs([[before, after]]);
  return changes.map(({ bump, why }) => `${bump}: ${why}`);
};

it("rates another name of an API key as a major, although other names are prose", async () => {
  const key = (name: string) => ({ components: { securitySchemes: { key: { type: "apiKey", in: "header", name } } } });
  expect(await reasonsFor({ ...contract({}), ...key("Key") }, { ...contract({}), ...key("Token") })).toEqual([
    "major: `name` of security scheme `key` changed from 'Key' to 'Token'.",
  ]);
});

it("rates the removal of all components as a major, because types are named after schemas", async () => {
  const components = { schemas: { Item: { type: "string" } } };
  expect(await reasonsFor({ ...contract({}), components }, contract({}))).toEqual([
    "major: Components `components` was removed. Types are named after schemas.",
  ]);
});

describe("an operation of a contract without servers of its own", () => {
  it("changes its host if it gets servers, or loses them", async () => {
    expect(await reasonsFor(contract({}), contract({ servers }))).toEqual([
      "major: ServerList `servers` was added. The operation no longer uses the host of the other operations.",
    ]);
    expect(await reasonsFor(contract({ servers }), contract({}))).toEqual([
      "major: ServerList `servers` was removed. Callers of this host must use another one.",
    ]);
  });
});
