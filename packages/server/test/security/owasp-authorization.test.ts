import { operations } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import {
  acceptedRequest,
  announced,
  createImport,
  createProfile,
  importsOf,
  profileOf,
  profilesOf,
  uploadOf,
} from "../support/requests.ts";
import type { Request } from "../support/send-request.ts";
import { foreignStoreId, logins, otherStoreId, storeId } from "../support/settings-for-tests.ts";
import { fetchImport } from "./fetch-import.ts";
import { exchange, head, responsesIn } from "./raw-connection.ts";
import { startWholeServer } from "./whole-server.ts";

const email = "ada.reyes@example.com";
/** The owner of the third store, who knows all IDs, tokens and URLs of the owner of the first one. */
const stranger = { as: logins.stranger };

describe("API1:2023 Broken object level authorization", () => {
  it("an ID gives no access to the store of another account, nor to another store of its own", async () => {
    const server = await startWholeServer();
    const id = await createProfile(server);
    const { importId } = await createImport(server);
    const attempts = (store: string): Request[] => [
      { method: "GET", target: profileOf(id, store) },
      { method: "PATCH", target: profileOf(id, store), body: { traits: { Contact: { firstName: "Eve" } } } },
      { method: "DELETE", target: profileOf(id, store) },
      { method: "GET", target: `${importsOf(store)}/${importId}` },
    ];
    for (const attempt of attempts(storeId)) {
      expect(await server.send({ ...attempt, ...stranger })).toMatchObject({ status: 403 });
    }
    for (const attempt of attempts(foreignStoreId)) {
      expect(await server.send({ ...attempt, ...stranger })).toMatchObject({ status: 404 });
    }
    for (const attempt of attempts(otherStoreId)) expect(await server.send(attempt)).toMatchObject({ status: 404 });
    expect((await server.send({ method: "GET", target: profileOf(id) })).body).toMatchObject({
      traits: { Contact: { email } },
    });
  });

  it("a profile never merges with one of another account, regardless of its identifiers", async () => {
    const server = await startWholeServer();
    const id = await createProfile(server, { email, firstName: "Ada" });
    const body = { traits: { Contact: { email, firstName: "Eve" } } };
    const created = await server.send({ method: "POST", target: profilesOf(foreignStoreId), body, ...stranger });
    const bulk = { method: "PUT", target: profileOf("Bulk", foreignStoreId), body: { profiles: [body] }, ...stranger };
    expect(await server.send(bulk)).toMatchObject({ status: 202 });
    expect(Object(created.body).id).not.toBe(id);
    expect((await server.send({ method: "GET", target: profileOf(id) })).body).toMatchObject({
      traits: { Contact: { firstName: "Ada" } },
    });
  });

  it("lists contain only profiles of their store, and so do the pages of a token", async () => {
    const server = await startWholeServer();
    for (const name of ["a", "b", "c"]) await createProfile(server, { email: `${name}@example.com` });
    await createImport(server);
    const page = await server.send({ method: "GET", target: `${profilesOf(storeId)}?pageSize=1` });
    const { nextToken } = Object(page.body).meta;
    const query = `?pageToken=${encodeURIComponent(nextToken)}`;
    const sent = async (target: string) => (await server.send({ method: "GET", target, ...stranger })).body;
    expect(await sent(profilesOf(foreignStoreId))).toMatchObject({ profiles: [] });
    expect(await sent(importsOf(foreignStoreId))).toMatchObject({ imports: [] });
    expect(await sent(profilesOf(foreignStoreId) + query)).toMatchObject({ status: 400 });
    expect(await sent(profilesOf(storeId) + query)).toMatchObject({ status: 403 });
  });

  it("an upload URL is valid only for its own import", async () => {
    const server = await startWholeServer();
    const theirs = await createImport(server);
    const created = { method: "POST", target: importsOf(foreignStoreId), body: announced, ...stranger };
    const { url } = Object((await server.send(created)).body);
    const token = new URL(url).search;
    const crossed = { ...theirs, url: new URL(token, theirs.url).href };
    expect(await server.send(uploadOf(crossed))).toMatchObject({ status: 403 });
    expect(await fetchImport(server, theirs)).toMatchObject({ status: "PENDING" });
  });
});

/** Properties that only the server sets. */
const assigned = {
  id: "mem_profile_00000000000000000000000000",
  createdAt: "2020-01-01T00:00:00Z",
  storeId,
  accountSid: "AC0",
};
const traits = { Contact: { email } };
const [mapping, otherMapping] = announced.columnMappings;

describe("API3:2023 Broken object property level authorization", () => {
  it.each<[place: string, method: string, target: string, bodyWith: (property: object) => object]>([
    ["a profile", "POST", profilesOf(storeId), (property) => ({ traits, ...property })],
    ["a patch", "PATCH", profileOf(assigned.id), (property) => ({ traits, ...property })],
    ["a batch", "PUT", profileOf("Bulk"), (property) => ({ profiles: [{ traits }], ...property })],
    ["an item of a batch", "PUT", profileOf("Bulk"), (property) => ({ profiles: [{ traits, ...property }] })],
    ["an import", "POST", importsOf(storeId), (property) => ({ ...announced, ...property })],
    [
      "a column mapping",
      "POST",
      importsOf(storeId),
      (property) => ({ ...announced, columnMappings: [mapping, { ...otherMapping, ...property }] }),
    ],
  ])("%s accepts no property that is not in the contract", async (_, method, target, bodyWith) => {
    const api = await startApi();
    for (const [name, value] of Object.entries({ ...assigned, status: "COMPLETED", summary: {}, mergedIds: [] })) {
      const response = await api.send({ method, target, body: bodyWith({ [name]: value }) });
      expect(response.body).toMatchObject({
        code: 520046,
        message: expect.stringContaining(`/${name}: unknown property`),
      });
    }
    expect((await api.send({ method: "GET", target: profilesOf(storeId) })).body).toMatchObject({ profiles: [] });
    expect((await api.send({ method: "GET", target: importsOf(storeId) })).body).toMatchObject({ imports: [] });
  });

  it("a trait that the store does not declare is rejected", async () => {
    const api = await startApi();
    for (const extra of [{ Account: { role: "admin" } }, { Contact: { email, role: "admin" } }]) {
      const response = await api.send({
        method: "POST",
        target: profilesOf(storeId),
        body: { traits: { ...traits, ...extra } },
      });
      expect(response.body).toMatchObject({ status: 400, code: 520047 });
    }
  });

  it("responses have no property that is not in the contract", async () => {
    const server = await startWholeServer();
    for (const { id } of Object.values(operations)) {
      // `send` checks the response against the contract with every object closed.
      expect((await server.send(await acceptedRequest[id](server))).status, id).toBeLessThan(300);
    }
  });

  it("only the response of a fetch contains traits", async () => {
    const api = await startApi();
    for (const { id } of Object.values(operations)) {
      const { text } = await api.send(await acceptedRequest[id](api));
      expect(text.includes(email), id).toBe(id === "fetchProfile");
    }
  });
});

const control = [
  "GET requests",
  "DELETE requests",
  "POST reset",
  "POST seed",
  "POST snapshots",
  "PUT clock",
  "PUT faults",
];

describe("API5:2023 Broken function level authorization", () => {
  it("a service has no control API, in any spelling of its path", async () => {
    const server = await startWholeServer();
    const prefixes = [
      "/__sandbox/",
      "/__SANDBOX/",
      "//__sandbox/",
      "/%5f%5fsandbox/",
      "/v1/../__sandbox/",
      "/__sandbox//",
    ];
    for (const prefix of prefixes) {
      for (const route of control) {
        const [method = "", name = ""] = route.split(" ");
        const request = { method, target: prefix + name };
        expect(await server.send(request), request.target).toMatchObject({ status: 404 });
        expect(await server.send({ ...request, as: "nobody" }), request.target).toMatchObject({ status: 401 });
      }
    }
  });

  it("a service ignores the header for faults of a sandbox", async () => {
    const server = await startWholeServer();
    const request = { method: "GET", target: profilesOf(storeId), headers: { "memory-sandbox-fault": "status=503" } };
    expect(await server.send(request)).toMatchObject({ status: 200 });
    const sandbox = await startWholeServer({ sandbox: { seed: "sandbox" } });
    expect(await sandbox.send(request)).toMatchObject({ status: 503 });
  });

  it.each([
    ["its origin", ["Origin: https://evil.example"]],
    ["its own origin, of a name that resolves to this machine", ["Origin: http://localhost"]],
    ["an opaque origin", ["Origin: null"]],
    ["the header for another site", ["Sec-Fetch-Site: cross-site"]],
    ["a body that needs no preflight", ["Content-Type: text/plain"]],
  ])("a sandbox rejects a request that a browser sends for a web page, by %s", async (_, lines) => {
    const server = await startWholeServer({ sandbox: { seed: "sandbox" } });
    const id = await createProfile(server);
    for (const route of control.filter((route) => !route.startsWith("GET"))) {
      const [method = "", name = ""] = route.split(" ");
      const request = head(method, `/__sandbox/${name}`, "Host: localhost", "Connection: close", ...lines);
      const [response] = responsesIn(await exchange(server.url, request));
      expect([403, 415], route).toContain(response?.status);
      expect(Object.keys(response?.headers ?? {}).join()).not.toMatch(/access-control/);
    }
    expect(await server.send({ method: "GET", target: profileOf(id) })).toMatchObject({ status: 200 });
  });

  it("an operation requires the same credentials in a sandbox", async () => {
    const server = await startWholeServer({ sandbox: { seed: "sandbox" } });
    for (const { id, authenticated } of Object.values(operations)) {
      const request = await acceptedRequest[id](server);
      if (authenticated) expect(await server.send({ ...request, as: "nobody" }), id).toMatchObject({ status: 401 });
    }
  });
});
