import { operations } from "@memory-api/types";
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

describe("a path of the contract, asked with another method,", () => {
  it.each(wrong)("answers $method $template with 405 and what it takes", async ({ method, target, methods, as }) => {
    const api = await startApi();
    const answer = await api.send({ method, target, ...as });
    expect(answer).toMatchObject({ status: 405, headers: { allow: methods.join(", ") } });
    const message = `Method not allowed; this path supports ${methods.join(", ")}`;
    if (method !== "HEAD") expect(answer.body).toMatchObject({ code: 20405, message });
  });

  it("takes no notice of the body", async () => {
    const api = await startApi();
    const answer = await api.send({ method: "PUT", target: profilesOf(storeId), body: { traits: 1 } });
    expect(answer).toMatchObject({ status: 405, headers: { allow: "GET, POST" } });
  });

  it("is asked for credentials first, but for an upload", async () => {
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
  ])("is no profile: %s %s", async (method, name, allow) => {
    const api = await startApi();
    expect(await api.send({ method, target: profileOf(name) })).toMatchObject({ status: 405, headers: { allow } });
  });

  it("is spelled as the contract spells it", async () => {
    const api = await startApi();
    const answer = await api.send({ method: "GET", target: profileOf("bulk") });
    expect(answer.body).toMatchObject({ code: 400, message: expect.stringContaining("profileId: must match") });
  });
});

describe("a path that is not there", () => {
  it.each([
    "/",
    "/v1",
    "/v2/Stores/mem_store_00000000000000000000000000/Profiles",
    `/v1/stores/${storeId}/Profiles`,
    `/v1/Stores/${storeId}`,
    `${profileOf(unknownProfileId)}/Traits`,
    "/uploads",
    "//",
    "/__sandbox/seed",
  ])("%s is a 404", async (target) => {
    const api = await startApi();
    for (const method of ["GET", "POST", "HEAD", "OPTIONS"]) {
      expect(await api.send({ method, target })).toMatchObject({ status: 404 });
      expect(await api.send({ method, target, as: "nobody" })).toMatchObject({ status: 401 });
    }
  });

  it.each(["/v1/Stores/%/Profiles", "/v1/Stores/%ff/Profiles"])(
    "%s, which cannot be decoded, is a 400",
    async (target) => {
      const api = await startApi();
      expect(await api.send({ method: "GET", target })).toMatchObject({ status: 400 });
    },
  );
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
  ])("is refused if it is malformed: %s", async (id) => {
    const api = await startApi();
    const answer = await api.send({ method: "GET", target: profilesOf(id) });
    expect(answer.body).toMatchObject({ code: 520049, message: expect.stringMatching(/^storeId: must match/) });
  });

  it.each(["", "mem_profile_/", "%2F", "..%2FImports", "__proto__"])("is never another path: %s", async (id) => {
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
  ])("%s is refused", async (query, message) => {
    const api = await startApi();
    const answer = await api.send({ method: "GET", target: profilesOf(storeId) + query });
    expect(answer.body).toMatchObject({ status: 400, code: 400, message });
  });

  it.each(["?", "?unknown=1", "?pagesize=0", "?__proto__=1", "?pageSize=1000", "?pageSize=0010", "?a?pageSize=0"])(
    "%s is taken, since what the contract does not know is ignored",
    async (query) => {
      const api = await startApi();
      expect(await api.send({ method: "GET", target: profilesOf(storeId) + query })).toMatchObject({ status: 200 });
    },
  );
});
