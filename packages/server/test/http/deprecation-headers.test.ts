import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openapi } from "@memory-api/spec";
import fastify from "fastify";
import { beforeAll, describe, expect, it } from "vitest";
import { generateDeprecations } from "../../build/generate-deprecations.ts";
import { addDeprecationHeaders } from "../../src/http/deprecation-headers.ts";
import { startApi } from "../support/api-server.ts";
import { profileOf, profilesOf, unknownProfileId } from "../support/requests.ts";
import { storeId } from "../support/settings-for-tests.ts";

const list = { method: "GET", target: profilesOf(storeId) };
const announced = { deprecation: "@1796083200", sunset: "Wed, 01 Dec 2027 00:00:00 GMT" };

describe("a deprecated operation", () => {
  let headers: Record<string, Record<string, string>>;

  beforeAll(async () => {
    headers = await headersGeneratedFrom(contractWithDeprecatedList());
  });

  it.each([
    ["success", 200, list],
    ["an invalid parameter", 400, { ...list, target: `${list.target}?pageSize=0` }],
    ["missing credentials", 401, { ...list, as: "nobody" as const }],
    ["an unknown store", 404, { ...list, target: profilesOf("mem_store_7zzzzzzzzzzzzzzzzzzzzzzzzz") }],
  ])("announces its deprecation and sunset in a response to %s", async (_, status, request) => {
    const api = await startApi({}, [], headers);
    expect(await api.send(request)).toMatchObject({ status, headers: announced });
  });

  it("leaves the responses of other operations unchanged", async () => {
    const api = await startApi({}, [], headers);
    for (const request of [
      { method: "POST", target: list.target, body: { traits: { Contact: { email: "ada.reyes@example.com" } } } },
      { method: "GET", target: profileOf(unknownProfileId) },
      { method: "DELETE", target: list.target },
    ]) {
      const response = await api.send(request);
      expect(Object.keys(response.headers)).not.toContain("deprecation");
      expect(Object.keys(response.headers)).not.toContain("sunset");
    }
  });

  it("adds work only to its own route", async () => {
    const app = fastify();
    addDeprecationHeaders(app, headers);
    const hooks: Record<string, number> = {};
    app.addHook("onRoute", ({ url, onRequest }) => {
      hooks[url] = [onRequest ?? []].flat().length;
    });
    app.get("/list", { config: { operationId: "listProfiles" } }, async () => "");
    app.get("/fetch", { config: { operationId: "fetchProfile" } }, async () => "");
    app.get("/health", async () => "");
    await app.ready();
    expect(hooks).toEqual({ "/list": 1, "/fetch": 0, "/health": 0 });
  });
});

/** Generates the headers, as the build does, and imports them. */
async function headersGeneratedFrom(document: typeof openapi): Promise<Record<string, Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), "deprecations-"));
  try {
    await generateDeprecations(folder, document);
    const { deprecationHeaders } = await import(join(folder, "deprecation-headers.js"));
    return deprecationHeaders;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function contractWithDeprecatedList(): typeof openapi {
  const document = structuredClone(openapi);
  const get = document.paths?.["/v1/Stores/{storeId}/Profiles"]?.get;
  if (get === undefined) throw new Error("The contract has no listProfiles.");
  Object.assign(get, {
    deprecated: true,
    "x-deprecation": { since: "2026-12-01", sunset: "2027-12-01", replacement: "fetchProfile" },
  });
  return document;
}
