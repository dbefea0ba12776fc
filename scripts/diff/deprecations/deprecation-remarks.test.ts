import { describe, expect, it } from "vitest";
import type { Node } from "../rating/contract-nodes.ts";
import { deprecationRemarks } from "./deprecation-remarks.ts";

const until = (sunset: string) => ({
  deprecated: true,
  "x-deprecation": { since: "2026-01-01", sunset, replacement: "findProfile" },
});

/** A contract in which an operation, a parameter, a property and a header are deprecated. */
function contract(): Record<string, Node> & { get: Node; item: Node } {
  const item: Node = { type: "object", properties: { mail: { type: "string", ...until("2027-01-01") } } };
  const get: Node = {
    operationId: "getProfile",
    ...until("2027-01-01"),
    parameters: [{ name: "fields", in: "query", ...until("2027-01-01"), schema: { type: "string" } }],
    responses: {
      200: {
        headers: { "X-Old": until("2027-01-01") },
        content: { "application/json": { schema: { $ref: "#/components/schemas/Profile" } } },
      },
    },
  };
  const find = {
    operationId: "findProfile",
    responses: { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Profile" } } } } },
  };
  const document = {
    paths: { "/profile": { get }, "/profiles": { get: find } },
    components: { schemas: { Profile: item } },
  };
  return { ...document, get, item };
}

function errorsAfter(edit: (changed: ReturnType<typeof contract>) => void, today = "2026-12-31"): string[] {
  const changed = contract();
  edit(changed);
  return deprecationRemarks(contract(), changed, today).flatMap(({ level, text }) => (level === "error" ? [text] : []));
}

describe("a deprecated part", () => {
  it("is listed with its dates", () => {
    const remarks = deprecationRemarks(contract(), contract(), "2026-12-31");
    expect(remarks).toHaveLength(4);
    expect(remarks).toContainEqual({
      level: "notice",
      pointer: "#/paths/~1profile/get/x-deprecation",
      text: "The operation `getProfile` is deprecated. Since 2026-01-01. Supported until 2027-01-01. Use `findProfile` instead.",
    });
  });

  it("is a warning from its sunset date on", () => {
    const remarks = deprecationRemarks(contract(), contract(), "2027-01-01");
    expect(new Set(remarks.map(({ level }) => level))).toEqual(new Set(["warning"]));
    expect(remarks[0]?.text).toMatch(/The date has passed: remove it in the next major release, or move the date\.$/);
  });

  it.each<[string, (changed: ReturnType<typeof contract>) => void, string]>([
    ["an operation", (c) => delete c["paths"]?.["/profile"], "operation `getProfile` was removed before"],
    ["a parameter", ({ get }) => delete get["parameters"], "parameter `fields` was removed from getProfile before"],
    [
      "a property",
      ({ item }) => delete item["properties"],
      "property `Profile.mail` was removed from getProfile, findProfile before",
    ],
    [
      "a property of one operation",
      ({ get }) => delete Object(get["responses"])[200].content,
      "property `Profile.mail` was removed from getProfile before",
    ],
    [
      "a header",
      ({ get }) => delete Object(get["responses"])[200].headers,
      "header `X-Old` was removed from getProfile before",
    ],
  ])("may not be removed before its sunset date: %s", (_, edit, text) => {
    expect(errorsAfter(edit)).toEqual([`The ${text} its sunset date 2027-01-01. Restore it until then.`]);
    expect(errorsAfter(edit, "2027-01-01")).toEqual([]);
  });

  it("that no operation uses may not be removed before its sunset date either", () => {
    const unused = { paths: {}, components: { schemas: { Old: { type: "string", ...until("2027-01-01") } } } };
    const errors = (today: string) => deprecationRemarks(unused, { paths: {} }, today);
    expect(errors("2026-12-31")).toMatchObject([{ level: "error", text: expect.stringContaining("schema `Old`") }]);
    expect(errors("2027-01-01")).toEqual([]);
  });

  it("may no longer be deprecated", () => {
    expect(errorsAfter(({ get }) => Object.assign(get, { deprecated: false, "x-deprecation": undefined }))).toEqual([]);
  });

  it("keeps its sunset date, or gets a later one", () => {
    expect(errorsAfter(({ get }) => Object.assign(get, until("2028-01-01")))).toEqual([]);
    expect(errorsAfter(({ get }) => Object.assign(get, until("2026-12-01")))).toEqual([
      "The sunset date of the operation `getProfile` was moved from 2027-01-01 to 2026-12-01. Consumers rely on the announced date: restore it, or move it to a later day.",
    ]);
  });
});
