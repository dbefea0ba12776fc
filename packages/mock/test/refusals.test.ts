import { openapi } from "@memory-api/spec";
import { describe, expect, it } from "vitest";
import { startMock } from "../src/index.ts";
import { AUTHORIZATION, creation, PROFILES } from "./requests.ts";

type Document = typeof openapi;

/** Returns the status of the response to a create request with a property that is not in the contract. */
async function statusOfExtraProperty(document: Document): Promise<number> {
  await using mock = await startMock({ document });
  const body = { traits: { Contact: { email: "ada@example.com" } }, nickname: "Ada" };
  return (await fetch(mock.url + PROFILES, creation(body))).status;
}

/** Returns the contract with the create body closed by a keyword that only JSON Schema 2020-12 defines. */
function closedBy2020(): Document {
  const document = structuredClone(openapi);
  const schema = document.components?.schemas?.["CreateProfileRequest"];
  if (schema === undefined || !("additionalProperties" in schema)) throw new Error("The create body is not closed.");
  const { additionalProperties, ...open } = schema;
  return {
    ...document,
    components: {
      ...document.components,
      schemas: {
        ...document.components?.schemas,
        CreateProfileRequest: Object.assign(open, { unevaluatedProperties: additionalProperties }),
      },
    },
  };
}

describe("a request that violates the contract", () => {
  it("is rejected with the error response of the contract", async () => {
    await using mock = await startMock();
    const response = await fetch(mock.url + PROFILES, creation({ nickname: "Ada" }));
    expect(response.status).toBe(400);
    expect(response.headers.get("Content-Type")).toBe("application/json");
    expect(await response.json()).toMatchObject({ code: 400, status: 400 });
    expect(response.headers.get("sl-violations")).toContain("must NOT have additional properties; found 'nickname'");
  });

  it.each(["/v1/Stores/%/Profiles", "/v1/Stores/%FF/Profiles?pageSize=%"])(
    "is rejected if its URL is %s",
    async (path) => {
      await using mock = await startMock();
      const headers = { Authorization: AUTHORIZATION };
      expect((await fetch(mock.url + path, { headers })).status).toBe(400);
      expect((await fetch(mock.url + PROFILES, { headers })).status).toBe(200);
    },
  );

  it("is rejected if it has no credentials", async () => {
    await using mock = await startMock();
    const response = await fetch(mock.url + PROFILES);
    expect(response.status).toBe(401);
    expect(response.headers.get("WWW-Authenticate")).toMatch(/^Basic /);
  });

  it("receives a response if its body is not valid JSON", async () => {
    await using mock = await startMock();
    const response = await fetch(mock.url + PROFILES, { ...creation({}), body: '{"traits": {' });
    expect(response.status).toBe(400);
  });
});

describe("an example that violates the contract", () => {
  it("is replaced by a 500 response", async () => {
    const document = structuredClone(openapi);
    const example = document.components?.examples?.["ListProfilesFirstPageResponseExample"];
    if (example === undefined || !("value" in example)) throw new Error("The example has no value.");
    example.value = { profiles: "none" };

    await using mock = await startMock({ document });
    const response = await fetch(mock.url + PROFILES, { headers: { Authorization: AUTHORIZATION } });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ type: "https://stoplight.io/prism/errors#VIOLATIONS" });
  });
});

describe("the dialect of the contract", () => {
  it("rejects undeclared properties with additionalProperties", async () => {
    expect(await statusOfExtraProperty(openapi)).toBe(400);
  });

  it("is JSON Schema 2020-12, which rejects undeclared properties with unevaluatedProperties", async () => {
    expect(await statusOfExtraProperty(closedBy2020())).toBe(400);
  });

  it("must be declared, because Prism otherwise applies draft-07 and accepts the property", async () => {
    const { jsonSchemaDialect, ...undeclared } = closedBy2020();
    expect(jsonSchemaDialect).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(await statusOfExtraProperty(undeclared)).toBe(202);
  });
});
