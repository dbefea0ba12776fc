import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { TABLE_NAMES } from "../../src/storage/tables.ts";
import { describeEngines } from "../support/engines.ts";
import { importEnd } from "../support/import-end.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { select } from "../support/place.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";

const path = { storeId } as const;

describeEngines("After a deletion, a server", ({ name, newPlace }) => {
  it("has no value of the person in any row or upload, and only IDs of merged profiles", async () => {
    const place = await newPlace();
    const server = await startServerProcess({ ...settingsForTests, ...place, imports: { leaseMs: 1000, pollMs: 20 } });
    const client = new KeepAliveClient(server.url);
    const create = async (contact: Record<string, string>) =>
      bodyOf(await client.send("createProfile", { path, body: { traits: { Contact: contact } } }), 202).id;

    const id = await create({ email: "canary.one@example.com", firstName: "canary-first" });
    const merged = await create({ phone: "+14155550123", lastName: "canary-last", email: "canary.two@example.com" });
    const traits = { Contact: { lastName: null, city: "canary-city", email: "canary.two@example.com" } };
    const csv = "email,street\ncanary.one@example.com,canary-street\n";
    const columnMappings = ["email", "street"].map((column) => ({
      ...{ columnName: column, traitGroup: "Contact", traitName: column },
    }));
    const announced = { filename: "people.csv", fileSize: csv.length, columnMappings };
    const { importId, url } = bodyOf(await client.send("createProfilesImportV2", { path, body: announced }), 201);
    bodyOf(await client.upload(url, csv), 200);
    expect(await importEnd(client, storeId, importId)).toMatchObject({ status: "COMPLETED" });
    bodyOf(await client.send("patchProfileTraits", { path: { storeId, profileId: id }, body: { traits } }), 202);
    bodyOf(await client.send("deleteProfile", { path: { storeId, profileId: id } }), 202);

    const tables = [...TABLE_NAMES, ...(name === "SQLite" ? [] : ["upload_chunks"])];
    const rows = await select(place, ...tables.map((table) => `SELECT * FROM ${table}`));
    const text = JSON.stringify(rows);
    expect(text).not.toMatch(/canary|14155550123/);
    const nodes = rows[TABLE_NAMES.indexOf("merge_nodes")] ?? [];
    expect(nodes.map((node) => node["id"]).sort()).toEqual([id, merged].sort());
    expect(nodes.map((node) => node["canonical_id"])).toEqual([null, null]);
    for (const file of name === "SQLite" ? await readdir(join(place.dataFolder, "uploads")) : []) {
      expect(await readFile(join(place.dataFolder, "uploads", file), "utf8")).not.toContain("canary");
    }
  });
});
