import { openapi } from "@memory-api/spec";
import { describe, expect, it } from "vitest";
import { startMock } from "../src/index.ts";
import { AUTHORIZATION, PROFILES } from "./requests.ts";

const file = { method: "PUT", headers: { "Content-Type": "text/csv" }, body: "email\nada@example.com\n" };

function exampleOf(name: string): unknown {
  const example = openapi.components?.examples?.[name];
  return example && "value" in example ? example.value : undefined;
}

describe("the upload", () => {
  it("requires the token of its URL, but no credentials", async () => {
    await using mock = await startMock();
    const upload = `${mock.url}/uploads/mem_import_01kkbk0tfteqn89st3b7v4f5y8`;
    const response = await fetch(`${upload}?token=anything`, file);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    expect((await fetch(upload, file)).status).toBe(400);
  });

  it("goes to the mock, although the upload URL of the import names another server", async () => {
    await using mock = await startMock();
    const toMock = mock.fetch();
    const created = await toMock(`${mock.url}${PROFILES}/Imports`, {
      method: "POST",
      headers: { Authorization: AUTHORIZATION, "Content-Type": "application/json" },
      body: JSON.stringify(exampleOf("CreateProfilesImportV2RequestExample")),
    });
    expect(created.status).toBe(201);
    const url = (await created.text()).match(/http:[^"]+/)?.[0] ?? "";
    expect(url).toContain("http://127.0.0.1:4010/uploads/");
    expect((await toMock(url, file)).status).toBe(200);
  });
});
