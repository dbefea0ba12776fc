import { afterAll, describe, expect, it } from "vitest";
import { Contract } from "../src/contract/contract.ts";
import { DEFAULT_STORE_TRAITS, type DeclaredTraits } from "../src/contract/declared-traits.ts";
import { readErrorTable } from "../src/contract/error-table.ts";
import { personalized, readIdentifier } from "../src/contract/identifiers.ts";
import { judgeBody } from "../src/contract/judge-body.ts";
import { judgeParameter } from "../src/contract/judge-parameter.ts";
import { PROSE_RULES, proseFaults } from "../src/contract/prose-rules.ts";
import { HttpConnection } from "../src/http/http-connection.ts";
import { ruleBreakers } from "../src/phases/requests/rule-breakers.ts";
import { declaredBy } from "../src/scenarios/people.ts";
import { Session } from "../src/scenarios/session.ts";
import type { Target } from "../src/target.ts";
import { ACCOUNT } from "./support/start-server.ts";

const contract = new Contract();
const connection = new HttpConnection();
afterAll(() => connection.close());

/** A store with traits of every data type, one of them a promoted number. */
const TRAITS: DeclaredTraits = {
  ...DEFAULT_STORE_TRAITS,
  Loyalty: {
    number: { dataType: "NUMBER", idTypePromotion: "loyalty" },
    points: { dataType: "NUMBER" },
    isMember: { dataType: "BOOLEAN" },
    tags: { dataType: "ARRAY" },
  },
};

function sessionOf(declaredTraits: DeclaredTraits): Session {
  const target: Target = {
    ...{ baseUrl: "http://127.0.0.1:9", account: ACCOUNT, declaredTraits },
    ...{ isImmediate: true, eventualWithinMs: 0, isReadOnly: false },
  };
  return new Session({ contract, target, connection, identity: "test", onExchange: () => {} });
}

describe("the rules that no schema expresses", () => {
  const session = sessionOf(TRAITS);
  const cases = PROSE_RULES.flatMap(({ name, operations }) => operations.map((id) => [name, id] as const));

  it.each(cases)("%s is broken by bodies of %s that break nothing else", (name, id) => {
    const bodies = ruleBreakers(session, id)[name] ?? [];
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) {
      const rules = new Set(proseFaults(id, body, declaredBy(session)).map(({ rule }) => rule));
      expect([...rules], JSON.stringify(body)).toEqual([name]);
      // The schema alone would accept it.
      const judgement = judgeBody(contract, id, body, TRAITS);
      expect(judgement).toMatchObject({ kind: "invalid", subject: expect.stringContaining(name) });
    }
  });

  it("name the place in the contract that states them", () => {
    for (const { pointer } of PROSE_RULES) expect(contract.lineOf(pointer), pointer).toBeGreaterThan(0);
  });

  it("know the traits that the contract lists for the default store", () => {
    const { description = "" } = contract.document.info ?? {};
    const [, list = ""] =
      /declares the group `Contact` with the `STRING` traits\s+([\s\S]*?)\. It promotes/.exec(description) ?? [];
    const names = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(Object.keys(DEFAULT_STORE_TRAITS["Contact"] ?? {}).sort()).toEqual(names.sort());
  });
});

describe("the judgement of a body", () => {
  const judge = (body: unknown) => judgeBody(contract, "createProfile", body, TRAITS).kind;
  const withEmail = (email: unknown) => ({ traits: { Contact: { email } } });

  it.each([
    ["an email address", withEmail("ada@example.com"), "valid"],
    ["a text that may be an email address or not", withEmail("ada"), "open"],
    ["a NUL", { traits: { Contact: { email: "ada@example.com", city: "a\0" } } }, "open"],
    ["half of a surrogate pair", { traits: { Contact: { email: "ada@example.com", city: "\ud800" } } }, "open"],
    [
      "an unreadable identifier beside a readable one",
      { traits: { Contact: { email: "ada", phone: "+14155550123" } } },
      "valid",
    ],
    ["an empty identifier", withEmail(""), "invalid"],
    ["a removal", { traits: { Contact: { email: "ada@example.com", city: null } } }, "invalid"],
    ["a safe integer as an identifier", { traits: { Loyalty: { number: 2 ** 53 - 1 } } }, "valid"],
    ["an unsafe integer as an identifier", { traits: { Loyalty: { number: 2 ** 53 } } }, "invalid"],
    ["no object", [], "invalid"],
  ])("of %s is right", (_, body, kind) => {
    expect(judge(body)).toBe(kind);
  });

  it("names the keyword and the place, without names that vary", () => {
    const body = { traits: { Contact: { email: "a".repeat(1025) } } };
    expect(judgeBody(contract, "createProfile", body, TRAITS)).toMatchObject({
      subject: "maxLength at /traits/*/*",
      reason: expect.stringContaining("/traits/Contact/email"),
    });
  });
});

describe("the judgement of a parameter", () => {
  const parameterOf = (id: "listProfiles" | "fetchProfile", name: string) => {
    const found = contract.operation(id).parameters.find((each) => each.name === name);
    if (found === undefined) throw new Error(`There is no parameter ${name}.`);
    return found;
  };
  it.each([
    ["pageSize", "1", "valid"],
    ["pageSize", "1000", "valid"],
    ["pageSize", "0", "invalid"],
    ["pageSize", "1001", "invalid"],
    ["pageSize", "1.5", "invalid"],
    ["pageSize", "", "invalid"],
    ["pageSize", "many", "invalid"],
    ["pageSize", "1.0", "open"],
    ["pageSize", "+5", "open"],
    ["pageSize", "0x10", "open"],
    ["orderBy", "ASC", "valid"],
    ["orderBy", "asc", "invalid"],
    ["pageToken", "a", "invalid"],
    ["pageToken", "", "open"],
    ["storeId", "mem_service_00000000000000000000000000", "valid"],
    ["storeId", "mem_service_80000000000000000000000000", "invalid"],
  ] as const)("%s=%s is %s", (name, text, expected) => {
    expect(judgeParameter(contract, parameterOf("listProfiles", name), text)).toBe(expected);
  });

  it.each([
    ["Contact,Loyalty", "valid"],
    ["", "invalid"],
    ["a".repeat(257), "invalid"],
    ["a b", "open"],
  ] as const)("traitGroups=%s is %s", (text, expected) => {
    expect(judgeParameter(contract, parameterOf("fetchProfile", "traitGroups"), text)).toBe(expected);
  });
});

describe("an identifier", () => {
  const email = { dataType: "STRING", idTypePromotion: "email" } as const;
  const person = { email: "0123456789abcdef0123@example.com", phone: "+14155550123" };

  it("is personalized, and keeps its length and what is special about it", () => {
    expect(personalized(email, "ada", person)).toBe(person.email);
    expect(personalized(email, "", person)).toBe("");
    expect(personalized(email, "  ", person)).toBe("  ");
    expect([...String(personalized(email, "\u{1f600}".repeat(1024), person))]).toHaveLength(1024);
    expect(personalized(email, "a\0", person)).toBe("0123456789abcdef0123a\0");
    expect(readIdentifier(email, personalized(email, "a b", person))).toBe("identifier");
  });
});

describe("the table of error codes", () => {
  it("is the one of the contract", () => {
    const { codes, baseUrl, ownCodes } = contract.errorTable;
    expect(Object.fromEntries(codes)).toMatchObject({
      400: [400, 520046, 520047, 520049],
      404: [520041, 20404],
      415: [20415],
    });
    expect([...codes.keys()].sort()).toEqual([400, 401, 403, 404, 405, 409, 411, 413, 415, 429, 500, 503]);
    expect(baseUrl).toBe("https://www.twilio.com/docs/api/errors/");
    expect([...ownCodes]).toEqual([20405, 20409, 20411, 20413, 20415]);
  });

  it("is required", () => {
    expect(() => readErrorTable("No table.")).toThrow("no table of error codes");
  });
});
