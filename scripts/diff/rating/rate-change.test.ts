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

describe("an operation of a contract without servers of its own", () => {
  it("changes its host if it gets servers, or loses them", async () => {
    const reports = await changesOfPairs([
      [contract({}), contract({ servers })],
      [contract({ servers }), contract({})],
    ]);
    expect(reports.map((changes) => changes.map(({ bump, why }) => `${bump}: ${why}`))).toEqual([
      ["major: ServerList `servers` was added. The operation no longer uses the host of the others."],
      ["major: ServerList `servers` was removed. Callers of this host must use another one."],
    ]);
  });
});
