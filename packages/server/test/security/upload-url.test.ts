import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { SigningKey } from "../../src/configuration/settings.ts";
import { signUploadToken } from "../../src/operations/imports/upload-token.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { startApi } from "../support/api-server.ts";
import { announced, type CreatedImport, createImport, csv, profilesOf, uploadOf } from "../support/requests.ts";
import { foreignStoreId, settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { fetchImport, importEnd } from "./fetch-import.ts";
import { exchange, head, responsesIn } from "./raw-connection.ts";
import { startWholeServer } from "./whole-server.ts";

const tokenOf = ({ url }: CreatedImport) => new URL(url).searchParams.get("token") ?? "";
const withToken = (created: CreatedImport, token: string) => ({
  ...created,
  url: created.url.replace(tokenOf(created), encodeURIComponent(token)),
});

const key = (id: string): SigningKey => ({ id, secret: Buffer.alloc(32, id) });
const [ownKey] = settingsForTests.signingKeys;
/** A time after those of the real clock and of the tests. */
const expiresAt = Date.parse("2100-01-01T00:00:00Z");
const claimsOf = ({ importId }: CreatedImport) => ({ storeId, importId, fileSize: csv.length, expiresAt });

describe("the URL of an upload", () => {
  it.each<[part: string, at: number, change: (part: string) => string]>([
    ["key", 0, () => "other"],
    ["store", 1, () => foreignStoreId],
    ["expiry", 2, (expiry) => String(Number(expiry) + 1)],
    ["size", 3, () => String(csv.length * 1000)],
    ["signature", 4, (signature) => signature.replace(/^./, (first) => (first === "A" ? "B" : "A"))],
  ])("is rejected after its %s was changed", async (_, at, change) => {
    const server = await startApi();
    const created = await createImport(server);
    const parts = tokenOf(created).split(".");
    const changed = parts.with(at, change(parts[at] ?? "")).join(".");
    expect(changed).not.toBe(tokenOf(created));
    expect(await server.send(uploadOf(withToken(created, changed)))).toMatchObject({
      body: { status: 403, code: 403 },
    });
    expect(await fetchImport(server, created)).toMatchObject({ status: "PENDING" });
    expect(await server.send(uploadOf(created))).toMatchObject({ status: 200 });
  });

  it.each<[whose: string, sign: (created: CreatedImport) => string]>([
    [
      "has expired",
      (created) => signUploadToken([ownKey], { ...claimsOf(created), expiresAt: Date.parse("2026-03-10T10:00:00Z") }),
    ],
    [
      "is from another server",
      (created) => signUploadToken([{ ...ownKey, secret: Buffer.alloc(32) }], claimsOf(created)),
    ],
    ["is signed by an unknown key", (created) => signUploadToken([key("evil")], claimsOf(created))],
    ["is empty", () => ""],
    ["is signed with nothing", ({ importId }) => `test.${storeId}.9999999999999.1.${importId}.`],
  ])("is rejected if its token %s", async (_, sign) => {
    const server = await startApi();
    const created = await createImport(server);
    expect(await server.send(uploadOf(withToken(created, sign(created))))).toMatchObject({ status: 403 });
    expect(await fetchImport(server, created)).toMatchObject({ status: "PENDING" });
  });

  it("is rejected for another import, and for one of another account", async () => {
    const server = await startApi();
    const [one, other] = [await createImport(server), await createImport(server)];
    expect(await server.send(uploadOf(withToken(other, tokenOf(one))))).toMatchObject({ status: 403 });
    // Signed with the server's own key, for a store of another account: that store has no such import.
    const stolen = signUploadToken([ownKey], { ...claimsOf(other), storeId: foreignStoreId });
    expect(await server.send(uploadOf(withToken(other, stolen)))).toMatchObject({ status: 404 });
    expect(await fetchImport(server, other)).toMatchObject({ status: "PENDING" });
  });

  it("addresses nothing else, in any spelling", async () => {
    const dataFolder = await temporaryFolder();
    const server = await startWholeServer({ dataFolder });
    const created = await createImport(server);
    const filesBefore = await readdir(dataFolder, { recursive: true });
    for (const target of bentPaths(created.importId)) {
      const lines = ["Host: x", "Content-Type: text/csv", `Content-Length: ${csv.length}`, "Connection: close"];
      const request = head("PUT", `${target}?token=${tokenOf(created)}`, ...lines) + csv;
      expect([400, 401, 403, 404], target).toContain(responsesIn(await exchange(server.url, request))[0]?.status);
    }
    expect(await readdir(dataFolder, { recursive: true })).toEqual(filesBefore);
    expect(await fetchImport(server, created)).toMatchObject({ status: "PENDING" });
  });

  it.each<[string, (url: string) => string]>([
    ["another token after its own", (url) => `${url}&token=x`],
    ["its token twice", (url) => `${url}&${new URL(url).searchParams}`],
    ["a token that is longer than the contract allows", (url) => url + "A".repeat(512)],
    ["no token", (url) => url.slice(0, url.indexOf("?"))],
  ])("is rejected like a wrong signature with %s", async (_, change) => {
    const server = await startApi();
    const created = await createImport(server);
    const message = "The signature does not match the upload URL; use the URL exactly as it was returned";
    const response = await server.send(uploadOf({ ...created, url: change(created.url) }));
    expect(response.body).toMatchObject({ status: 403, code: 403, message });
    expect(await fetchImport(server, created)).toMatchObject({ status: "PENDING" });
  });

  it("accepts one of two simultaneous uploads, and only its bytes are imported", async () => {
    const server = await startWholeServer();
    for (let round = 0; round < 10; round++) {
      const files = ["ada", "eve"].map((name) => Buffer.from(`Email,Name\n${name}.${round}@example.com,${name}\n`));
      const created = await createImport(server, { ...announced, fileSize: files[0]?.length });
      const responses = await Promise.all(files.map((file) => server.send(uploadOf(created, file))));
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await importEnd(server, created)).toMatchObject({ status: "COMPLETED" });
      const { body } = await server.send({ method: "GET", target: `${profilesOf(storeId)}?pageSize=100` });
      expect(Object(body).profiles).toHaveLength(round + 1);
    }
  });
});

describe("a change of signing keys", () => {
  it("keeps URLs valid until their key is removed", async () => {
    const dataFolder = await temporaryFolder();
    const old = await startWholeServer({ dataFolder, signingKeys: [key("old")] });
    const [first, second] = [await createImport(old), await createImport(old)];
    await old.close();

    const both = await startWholeServer({ dataFolder, signingKeys: [key("new"), key("old")] });
    const third = await createImport(both);
    expect(tokenOf(third)).toMatch(/^new\./);
    expect(await both.send(uploadOf(first))).toMatchObject({ status: 200 });
    await both.close();

    const only = await startWholeServer({ dataFolder, signingKeys: [key("new")] });
    expect(await only.send(uploadOf(second))).toMatchObject({ status: 403 });
    expect(await only.send(uploadOf(third))).toMatchObject({ status: 200 });
  });
});

/** Paths that could be mistaken for that of the upload, or for a file. */
function bentPaths(id: string): string[] {
  return [
    `/uploads/../uploads/${id}`,
    `/uploads/./${id}`,
    `/uploads//${id}`,
    `//uploads/${id}`,
    `/uploads/${id}/`,
    `/uploads/${id}/../x`,
    `/uploads/${id}%00`,
    `/uploads/${id}%0a`,
    `/uploads/${id}%2f..%2f..%2fmemory.db`,
    `/uploads/%2e%2e%2fmemory.db%00${id}`,
    `/uploads/..%5c${id}`,
    `/uploads/${id.toUpperCase()}`,
    `/uploads/${id.replace("mem", "%256dem")}`,
    `/uploads/${id};x`,
  ];
}
