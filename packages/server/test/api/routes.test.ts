import { operations } from "@memory-api/types";
import type { FastifyPluginAsync } from "fastify";
import { describe, expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import { profileOf, profilesOf, unknownImportId, unknownProfileId } from "../support/requests.ts";
import { foreignStoreId, storeId } from "../support/settings-for-tests.ts";

const paths = [...new Set(Object.values(operations).map(({ path }) => path))].map((template) => {
  const here = Object.values(operations).filter(({ path }) => path === template);
  return {
    template,
    target: template
      .replace("{storeId}", storeId)
      .replace("{profileId}", unknownProfileId)
      .replace("{importId}", unknownImportId),
    methods: here.map(({ method }): string => method).sort(),
    as: here.some(({ authenticated }) => authenticated) ? {} : ({ as: "nobody" } as const),
  };
});

const methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PROPFIND", "PUT", "QUERY", "TRACE"];
const wrong = paths.flatMap((path) =>
  methods.filter((method) => !path.methods.includes(method)).map((method) => ({ ...path, method })),
);

describe("a path of the contract with another method", () => {
  it.each(wrong)("returns 405 with Allow: $method $template", async ({ method, target, methods, as }) => {
    const api = await startApi();
    const response = await api.send({ method, target, ...as });
    expect(response).toMatchObject({ status: 405, headers: { allow: methods.join(", ") } });
    const message = `Method not allowed; this path supports ${methods.join(", ")}`;
    if (method !== "HEAD") expect(response.body).toMatchObject({ code: 20405, message });
  });

  it("ignores the body", async () => {
    const api = await startApi();
    const response = await api.send({ method: "PUT", target: profilesOf(storeId), body: { traits: 1 } });
    expect(response).toMatchObject({ status: 405, headers: { allow: "GET, POST" } });
  });

  it("checks the credentials first, except for an upload", async () => {
    const api = await startApi();
    expect(await api.send({ method: "PUT", target: profilesOf(storeId), as: "nobody" })).toMatchObject({ status: 401 });
    expect(await api.send({ method: "GET", target: `/uploads/${unknownImportId}`, as: "nobody" })).toMatchObject({
      status: 405,
    });
  });
});

describe("a literal path", () => {
  it.each([
    ["GET", "Bulk", "PUT"],
    ["PATCH", "Bulk", "PUT"],
    ["DELETE", "Imports", "GET, POST"],
  ])("is not a profile: %s %s", async (method, name, allow) => {
    const api = await startApi();
    expect(await api.send({ method, target: profileOf(name) })).toMatchObject({ status: 405, headers: { allow } });
  });

  it("is case-sensitive", async () => {
    const api = await startApi();
    const response = await api.send({ method: "GET", target: profileOf("bulk") });
    expect(response.body).toMatchObject({ code: 400, message: expect.stringContaining("profileId: must match") });
  });
});

describe("a path that does not exist", () => {
  it.each([
    "/",
    "/v1",
    "/v2/Stores/mem_store_00000000000000000000000000/Profiles",
    `/v1/stores/${storeId}/Profiles`,
    `/v1/Stores/${storeId}`,
    `${profileOf(unknownProfileId)}/Unknown`,
    "/uploads",
    "//",
    "/__sandbox/seed",
    "/%",
    "/v1/%ff",
  ])("%s is a 404", async (target) => {
    const api = await startApi();
    for (const method of ["GET", "POST", "HEAD", "OPTIONS"]) {
      const response = await api.send({ method, target });
      expect(response.status).toBe(404);
      if (method !== "HEAD") expect(response.body).toMatchObject({ message: "There is no such route" });
      expect(await api.send({ method, target, as: "nobody" })).toMatchObject({ status: 401 });
    }
  });
});

describe("a path parameter", () => {
  it("may be percent-encoded", async () => {
    const api = await startApi();
    const encoded = storeId.replaceAll("_", "%5F");
    expect(await api.send({ method: "GET", target: profilesOf(encoded) })).toMatchObject({ status: 200 });
  });

  it.each([
    "..",
    "%2e%2e",
    `${storeId}%00`,
    `${storeId}%0a`,
    ` ${storeId}`.replace(" ", "%20"),
    storeId.toUpperCase(),
    "__proto__",
    "constructor",
    "",
    "a".repeat(8000),
  ])("is rejected if it is malformed: %s", async (id) => {
    const api = await startApi();
    const response = await api.send({ method: "GET", target: profilesOf(id) });
    expect(response.body).toMatchObject({ code: 520049, message: expect.stringMatching(/^storeId: must match/) });
  });

  it.each(["%", "%ff", "%zz", `${storeId}%`, "%25%"])(
    "is malformed if it is not valid percent-encoding: %j",
    async (id) => {
      const api = await startApi();
      const request = { method: "GET", target: profilesOf(id) };
      const response = await api.send(request);
      expect(response.body).toMatchObject({ status: 400, code: 520049 });
      expect(response.headers).toHaveProperty("x-request-id");
      expect(await api.send({ ...request, as: "nobody" })).toMatchObject({ status: 401 });
      expect(await api.send({ ...request, method: "PUT" })).toMatchObject({ status: 405 });
    },
  );

  it("does not affect a query that is not valid percent-encoding", async () => {
    const api = await startApi();
    expect(await api.send({ method: "GET", target: `${profilesOf(storeId)}?pageSize=%` })).toMatchObject({
      body: { status: 400, code: 400, message: "pageSize: must be an integer" },
    });
    expect(await api.send({ method: "GET", target: `${profilesOf(storeId)}?unknown=%` })).toMatchObject({
      status: 200,
    });
  });

  it.each(["", "mem_profile_/", "%2F", "..%2FImports", "__proto__"])("never addresses another path: %s", async (id) => {
    const api = await startApi();
    expect([400, 404]).toContain((await api.send({ method: "GET", target: profileOf(id, foreignStoreId) })).status);
  });
});

describe("a query", () => {
  it.each([
    ["?pageSize=1&pageSize=2", "pageSize: is there more than once"],
    ["?pageSize=1.5", "pageSize: must be an integer"],
    ["?pageSize=1e1", "pageSize: must be an integer"],
    ["?pageSize=", "pageSize: must be an integer"],
    ["?pageSize=%201", "pageSize: must be an integer"],
    ["?pageSize=1001", "pageSize: must be at most 1000"],
    ["?orderBy=asc", "orderBy: must be one of ASC, DESC"],
    [`?pageToken=${"a".repeat(501)}`, "pageToken: must have at most 500 characters"],
  ])("%s is rejected", async (query, message) => {
    const api = await startApi();
    const response = await api.send({ method: "GET", target: profilesOf(storeId) + query });
    expect(response.body).toMatchObject({ status: 400, code: 400, message });
  });

  it.each(["?", "?unknown=1", "?pagesize=0", "?__proto__=1", "?pageSize=1000", "?pageSize=0010", "?a?pageSize=0"])(
    "%s is accepted, because unknown parameters are ignored",
    async (query) => {
      const api = await startApi();
      expect(await api.send({ method: "GET", target: profilesOf(storeId) + query })).toMatchObject({ status: 200 });
    },
  );
});

describe("a route with a schema", () => {
  it("cannot be added, because nothing would compile the schema", async () => {
    const plugin: FastifyPluginAsync = async (app) => {
      app.get("/nowhere", { schema: { querystring: { type: "object" } } }, async () => "");
    };
    await expect(startApi({}, [plugin])).rejects.toThrow("A route has a schema.");
  });
});
