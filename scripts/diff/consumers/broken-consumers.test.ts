import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { type ContractChange, changesOfPairs } from "../contract-changes.ts";
import type { Node } from "../rating/contract-nodes.ts";
import { brokenConsumers } from "./broken-consumers.ts";
import { readUsageManifest, type UsageManifest } from "./usage-manifest.ts";

const json = JSON.stringify(
  parse(await readFile(new URL("../truth-table/contract.yaml", import.meta.url), "utf8"), {
    merge: true,
    maxAliasCount: -1,
  }),
);

const shop: UsageManifest = {
  contractVersion: "1.0.0",
  operations: {
    listItems: {
      parameters: ["path/storeId", "query/pageSize"],
      requestBody: [],
      responses: {
        "200": { headers: ["x-total"], reads: ["/items/*/name", "/items/*/attributes/*"], readsText: false },
      },
    },
    createItem: {
      parameters: ["path/storeId"],
      requestBody: ["/name", "/kind", "/attributes/*"],
      responses: { "202": { headers: [], reads: [], readsText: true } },
    },
  },
};

/** A change, and what `shop` does that it concerns; `undefined` if it does not break `shop`. */
const CHANGES: readonly [title: string, edit: (document: Document) => void, because: string | undefined][] = [
  ["a parameter that it sends", (d) => d.schemas("PageSize", { maximum: 10 }), "sends query/pageSize to listItems"],
  [
    "a parameter that it does not send",
    (d) => d.parameter(1, { schema: { type: "string", enum: ["ASC"], default: "ASC" } }),
    undefined,
  ],
  [
    "a default that it gets",
    (d) => d.parameter(1, { schema: { type: "string", enum: ["ASC", "DESC"], default: "DESC" } }),
    "calls listItems without query/orderBy",
  ],
  ["a default of a parameter that it sends", (d) => d.schemas("PageSize", { default: 5 }), undefined],
  [
    "a parameter that becomes required",
    (d) => d.parameter(1, { required: true }),
    "calls listItems without query/orderBy",
  ],
  ["a property that it sends", (d) => d.property("NewItem", "name", { maxLength: 3 }), "sends /name to createItem"],
  ["a property that it does not send", (d) => d.property("NewItem", "secret", { maxLength: 3 }), undefined],
  [
    "a value of a map that it sends",
    (d) => d.property("NewItem", "attributes", { additionalProperties: { type: "string", maxLength: 1 } }),
    "sends /attributes/* to createItem",
  ],
  [
    "a property that it sends and must send",
    (d) => d.schemas("NewItem", { required: ["name", "kind", "attributes"] }),
    undefined,
  ],
  [
    "a property that it must send, but does not",
    (d) => d.schemas("NewItem", { required: ["name", "kind", "count"] }),
    "sends createItem without count",
  ],
  [
    "a property that it reads in one response, and as text in another",
    (d) => d.property("Item", "name", { maxLength: 999 }),
    "reads /items/*/name of 200 of listItems",
  ],
  [
    "a property that it reads as text only",
    (d) => d.property("Item", "secret", { type: ["string", "null"] }),
    "reads the whole body of 202 of createItem",
  ],
  [
    "a required property that it reads",
    (d) => d.schemas("Item", { required: ["kind"] }),
    "reads /items/*/name of 200 of listItems",
  ],
  ["a property of a page that it does not read", (d) => d.property("Page", "next", { type: "number" }), undefined],
  ["a header that it reads", (d) => d.header("X-Total", { type: "string" }), "reads X-Total of 200 of listItems"],
  ["a header that it does not read", (d) => d.header("X-Note", { type: "integer" }), undefined],
  ["a status that it does not receive", (d) => d.removeStatus("404"), undefined],
  ["a new success status", (d) => d.addStatus("206"), "calls listItems"],
  ["an operation that it does not call", (d) => d.removeUpload(), undefined],
  ["security", (d) => d.removeSecurity(), "calls listItems"],
  ["a security scheme", (d) => d.changeScheme(), "calls listItems"],
  ["the server of an operation that it does not call", (d) => d.removeServer("/uploads/{uploadId}"), undefined],
  ["the server of the document", (d) => d.removeServer(), "calls listItems"],
  ["the version of OpenAPI", (d) => d.changeOpenapi(), "uses the contract"],
  ["a change that breaks nobody", (d) => d.property("NewItem", "name", { maxLength: 300 }), undefined],
];

describe("brokenConsumers", () => {
  let results: ContractChange[][];

  beforeAll(async () => {
    results = await changesOfPairs(
      CHANGES.map(([, edit]) => {
        const document = new Document();
        edit(document);
        return [JSON.parse(json), document.root];
      }),
    );
  }, 120_000);

  it.each(CHANGES.map(([title, , because], index) => ({ title, because, index })))(
    "says of $title: $because",
    ({ because, index }) => {
      const found = (results[index] ?? []).flatMap((change) => brokenConsumers(change, new Map([["shop", shop]])));
      expect(results[index]).not.toEqual([]);
      expect(found[0]?.because).toBe(because);
    },
  );
});

describe("readUsageManifest", () => {
  it("reads what the conformance kit writes", async () => {
    const usage = {
      parameters: ["path/storeId"],
      requestBody: [],
      responses: { "200": { headers: [], reads: ["/id"] } },
    };
    const file = await fileWith(
      JSON.stringify({ manifest: 1, contractVersion: "1.0.0", operations: { fetchProfile: usage } }),
    );
    expect(await readUsageManifest(file)).toEqual({
      contractVersion: "1.0.0",
      operations: {
        fetchProfile: { ...usage, responses: { "200": { headers: [], reads: ["/id"], readsText: false } } },
      },
    });
  });

  it.each([
    ["{", "is not valid JSON"],
    ['{ "manifest": 2 }', "is not a usage manifest of version 1"],
    ['{ "manifest": 1 }', "has no `contractVersion`"],
    [
      '{ "manifest": 1, "contractVersion": "1.0.0", "operations": { "a": { "parameters": 7 } } }',
      "a/parameters is not a list of strings",
    ],
  ])("rejects %s, and says how to write the file again", async (text, problem) => {
    const file = await fileWith(text);
    await expect(readUsageManifest(file)).rejects.toThrow(problem);
    await expect(readUsageManifest(file)).rejects.toThrow("MEMORY_USAGE=update");
  });
});

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "usage-manifest-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "usage.json"), text);
  return join(folder, "usage.json");
}

/** A copy of the contract of the truth table, with the edits of this test. */
class Document {
  readonly root: Node = JSON.parse(json);
  readonly #list = at(this.root, "paths", "/stores/{storeId}/items", "get");

  schemas(name: string, keywords: Node): void {
    Object.assign(at(this.root, "components", "schemas", name), keywords);
  }
  property(schema: string, name: string, keywords: Node): void {
    Object.assign(at(this.root, "components", "schemas", schema, "properties", name), keywords);
  }
  parameter(index: number, members: Node): void {
    Object.assign(at(this.#list, "parameters", String(index)), members);
  }
  header(name: string, schema: Node): void {
    at(this.#list, "responses", "200", "headers", name)["schema"] = schema;
  }
  addStatus(status: string): void {
    at(this.#list, "responses")[status] = { description: "Another." };
  }
  removeStatus(status: string): void {
    delete at(this.#list, "responses")[status];
  }
  removeUpload(): void {
    delete at(this.root, "paths")["/uploads/{uploadId}"];
  }
  changeScheme(): void {
    at(this.root, "components", "securitySchemes", "basicAuth")["scheme"] = "bearer";
  }
  removeServer(path?: string): void {
    const place = path === undefined ? this.root : at(this.root, "paths", path);
    const servers: unknown = place["servers"];
    place["servers"] = path === undefined ? [{ url: "https://other.example" }] : [Object(servers)[0]];
  }
  changeOpenapi(): void {
    this.root["openapi"] = "3.2.0";
  }
  removeSecurity(): void {
    delete this.root["security"];
  }
}

function at(node: Node, ...keys: string[]): Node {
  return keys.reduce<Node>((parent, key) => Object(parent[key]), node);
}
