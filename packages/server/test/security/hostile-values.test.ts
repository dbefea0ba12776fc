import { expect, it } from "vitest";
import { DEFAULT_STORE_RULES } from "../../src/configuration/default-store.ts";
import type { Settings } from "../../src/configuration/settings.ts";
import type { TraitDefinition } from "../../src/domain/stores/store-rules.ts";
import { describeEngines, type Engine } from "../support/engines.ts";
import { announced, createImport, profileOf, profilesOf } from "../support/requests.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { fetchImport, importFile } from "./fetch-import.ts";
import { startWholeServer, type WholeServer } from "./whole-server.ts";

/** Names that every object inherits, or that have a meaning in a database or a template. */
const names = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "__defineGetter__",
  "null",
  "0",
  "-1",
];
const traitNames = [...names, "'; DROP TABLE profiles; --", "$1", "?", "%s", "{{7*7}}", "\u202e\u0000\n"];

const text: TraitDefinition = { dataType: "STRING" };
const traitGroups = new Map([
  ...DEFAULT_STORE_RULES.traitGroups,
  [
    "Odd",
    new Map<string, TraitDefinition>([
      ["number", { dataType: "NUMBER" }],
      ["list", { dataType: "ARRAY" }],
    ]),
  ],
  ...names.map((group) => [group, new Map(traitNames.map((trait) => [trait, text]))] as const),
]);
const rules = { ...DEFAULT_STORE_RULES, traitGroups };
const stores: Settings["stores"] = new Map(
  [...settingsForTests.stores].map(([id, store]) => [id, { ...store, rules }]),
);

const email = "ada.reyes@example.com";

/** An object with these names. In an object literal, some of them have another meaning. */
function objectOf<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  return Object.fromEntries(entries);
}

const start = async (engine: Engine) => startWholeServer({ stores, ...(await engine.newPlace()) });
const write = (server: WholeServer, body: string) =>
  server.send({ method: "POST", target: profilesOf(storeId), body: Buffer.from(body) });
const read = async (server: WholeServer, id: unknown) => {
  const { body } = await server.send({ method: "GET", target: profileOf(String(id)) });
  return Object(body).traits;
};
/** Writes the values as JSON, with an email address. */
const stored = async (server: WholeServer, json: string) => {
  const { status, body } = await write(server, `{"traits":{"Contact":{"email":"${email}"},"Odd":${json}}}`);
  return status === 202 ? (await read(server, Object(body).id)).Odd : body;
};

describeEngines("a name or a value of a caller", (engine) => {
  it("may be any name, in JSON or in CSV, without another meaning", async () => {
    const server = await start(engine);
    const valuesBy = (how: string) =>
      objectOf(names.map((group) => [group, objectOf(traitNames.map((trait) => [trait, `${how} ${group} ${trait}`]))]));

    const created = await write(server, JSON.stringify({ traits: { Contact: { email }, ...valuesBy("create") } }));
    const { id } = Object(created.body);
    expect(await read(server, id)).toEqual({ Contact: { email }, ...valuesBy("create") });

    const patch = { method: "PATCH", target: profileOf(id), body: { traits: valuesBy("patch") } };
    expect(await server.send(patch)).toMatchObject({ status: 202 });
    expect(await read(server, id)).toEqual({ Contact: { email }, ...valuesBy("patch") });

    for (const group of names) {
      const cells = [email, ...traitNames.map((trait) => `csv ${group} ${trait}`)].map(quoted);
      const file = Buffer.from(`${["Email", ...traitNames].map(quoted)}\n${cells}\n`);
      const columns = traitNames.map((trait) => [trait, group, trait] as const);
      const end = await importFile(server, file, [["Email", "Contact", "email"], ...columns]);
      expect(end).toMatchObject({ status: "COMPLETED", summary: { errors: 0, warnings: 0 } });
    }
    expect(await read(server, id)).toEqual({ Contact: { email }, ...valuesBy("csv") });
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(ownNames);
  });

  it("is returned as it was sent, as text and in an array, even if it means something to a database", async () => {
    const server = await start(engine);
    const texts = [
      "\u0000",
      "a\u0000b",
      "\ud800",
      "\udc00\ud800",
      "\ufffe\uffff\ufeff",
      "\u202eoab",
      "'; DROP TABLE profiles; --",
      "\\x41\\u0041\\",
      "=cmd|' /C calc'!A0",
      "{{7*7}}",
      "<script>alert(1)</script>",
      "../../etc/passwd",
      "a\r\nSet-Cookie: b=c",
      "😀".repeat(1024),
    ];
    expect(await stored(server, JSON.stringify({ list: texts }))).toEqual({ list: texts });
    const firstName = texts.join("").slice(0, 500);
    const { body } = await write(server, JSON.stringify({ traits: { Contact: { email, firstName } } }));
    expect(await read(server, Object(body).id)).toMatchObject({ Contact: { firstName } });
  });

  it("is not an identifier if a database could not distinguish it from another", async () => {
    const server = await start(engine);
    for (const odd of ["\\ud800", "\\udfff", "a\\u0000", "\\u0000"]) {
      const response = await write(server, `{"traits":{"Contact":{"email":"${odd}"}}}`);
      expect(response.body).toMatchObject({
        status: 400,
        message: expect.stringContaining("promoted to an identifier"),
      });
    }
  });

  it("is a number of double precision, or rejected", async () => {
    const server = await start(engine);
    const numbers = [
      ["1.7976931348623157e308", Number.MAX_VALUE],
      ["9007199254740993", 2 ** 53],
      ["1e-400", 0],
      ["-0", 0],
      [`0.${"1".repeat(1000)}`, 1 / 9],
    ] as const;
    for (const [json, number] of numbers) expect(await stored(server, `{"number":${json}}`)).toEqual({ number });
    for (const json of ["1e400", "-1e400", `1${"0".repeat(400)}`, "NaN", "0x10", "01", "+1", ".5", '"1"', "[1]"]) {
      expect(await stored(server, `{"number":${json}}`), json).toMatchObject({ status: 400, code: 520046 });
    }
  });

  it("counts once if it occurs twice: the last one", async () => {
    const server = await start(engine);
    const twice = await write(
      server,
      `{"traits":{"Contact":{"email":"eve@example.com"}},"traits":{"Contact":{"email":"x","email":"${email}"}}}`,
    );
    const { id } = Object(twice.body);
    expect(await read(server, id)).toEqual({ Contact: { email } });
    // The others left no identifier.
    for (const other of ["eve@example.com", "x"]) {
      const { body } = await write(server, `{"traits":{"Contact":{"email":"${other}"}}}`);
      expect(Object(body).id).not.toBe(id);
    }
  });

  it("may be the name of any file", async () => {
    const server = await start(engine);
    for (const filename of ["\u0000", "\ud800", "../../memory.db", "CON", "a\r\nb: c", "", "é".repeat(255)]) {
      const created = await createImport(server, { ...announced, filename });
      expect(await fetchImport(server, created)).toMatchObject({ filename });
    }
  });
});

const ownNames = Object.getOwnPropertyNames(Object.prototype).sort();

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
