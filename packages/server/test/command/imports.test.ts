import type { ImportId } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { usePostgres } from "../postgres/use-postgres.ts";
import { describeEngines } from "../support/engines.ts";
import { holdIdentifier } from "../support/hold-identifier.ts";
import { importEnd } from "../support/import-end.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { type Place, select } from "../support/place.ts";
import { announced, csv } from "../support/requests.ts";
import { startServerProcess } from "../support/server-process.ts";
import { otherStoreId, storeId } from "../support/settings-for-tests.ts";
import { administeredSettings, commandsOn, linesOf } from "./administered-server.ts";

const path = { storeId } as const;

async function started(place: Place) {
  const server = await startServerProcess({ ...administeredSettings, ...place });
  const client = new KeepAliveClient(server.url);
  const create = async () => {
    const body = { ...announced, columnMappings: [...announced.columnMappings] } as never;
    return bodyOf(await client.send("createProfilesImportV2", { path, body }), 201);
  };
  const statusOf = async (importId: ImportId) =>
    bodyOf(await client.send("fetchProfileImportV2", { path: { storeId, importId } }), 200).status;
  return { server, client, create, statusOf };
}

describeEngines("memory-server imports", ({ name, newPlace }) => {
  it("lists and shows imports while a server runs", async () => {
    const place = await newPlace();
    const run = await commandsOn(place);
    const { client, create } = await started(place);
    const waiting = await create();
    const done = await create();
    bodyOf(await client.upload(done.url, csv.toString()), 200);
    await importEnd(client, storeId, done.importId);

    const { printed, complaint, code } = await run("imports", "list", "--json");
    expect([code, complaint]).toEqual([0, ""]);
    expect(linesOf(printed)).toEqual([
      expect.objectContaining({ storeId, importId: done.importId, status: "COMPLETED", filename: "people.csv" }),
      expect.objectContaining({ importId: waiting.importId, status: "PENDING", isLeased: false, attempts: 0 }),
    ]);
    const idsIn = async (...args: string[]) =>
      linesOf((await run("imports", "list", "--json", ...args)).printed).map(({ importId }) => importId);
    expect(await idsIn("--status", "pending")).toEqual([waiting.importId]);
    expect(await idsIn("--store", storeId, "--limit", "1")).toEqual([done.importId]);
    expect(await idsIn("--store", otherStoreId)).toEqual([]);

    const table = await run("imports", "list", "--limit", "2");
    expect(table.printed).toMatch(new RegExp(`^${storeId} +${waiting.importId} +PENDING +\\S+Z +0 +0 +0$`, "m"));
    expect(table.complaint).toBe("There may be more than 2 imports. Pass --limit or --store.\n");
    const shown = await run("imports", "show", done.importId);
    expect(shown.printed).toMatch(/^progress: +\{"offset":37,"rows":1,"errors":0,"warnings":0\}$/m);
    expect(shown.printed).not.toContain("dueAt");
  });

  it("cancels an import that waits for its file, whose upload URL then returns 403", async () => {
    const place = await newPlace();
    const run = await commandsOn(place);
    const before = await started(place);
    const { importId, url } = await before.create();
    if (name === "SQLite") {
      const refused = await run("imports", "cancel", importId);
      expect(refused).toMatchObject({ code: 1, printed: "" });
      expect(refused.complaint).toMatch(/^memory-server: The data folder .* is in use by another server\. Stop that/);
      expect(await before.statusOf(importId)).toBe("PENDING");
      await before.server.stop();
    }
    expect(await run("imports", "cancel", importId)).toEqual({
      code: 0,
      printed: `${importId} is FAILED. The 0 rows that it applied are kept, and its file is deleted.\n`,
      complaint: "",
    });
    expect(await run("imports", "cancel", importId)).toMatchObject({
      code: 1,
      complaint: `memory-server: ${importId} has ended with the status FAILED.\n`,
    });
    const { client, statusOf } = name === "SQLite" ? await started(place) : before;
    expect(await statusOf(importId)).toBe("FAILED");
    expect(await client.upload(url, csv.toString())).toMatchObject({ status: 403 });
  });

  it("explains why an import cannot be retried", async () => {
    const place = await newPlace();
    const run = await commandsOn(place);
    const { server, client, create } = await started(place);
    const waiting = await create();
    const done = await create();
    bodyOf(await client.upload(done.url, csv.toString()), 200);
    await importEnd(client, storeId, done.importId);
    await server.stop();
    const complaint = async (...args: string[]) => (await run("imports", ...args)).complaint;
    expect(await complaint("retry", waiting.importId)).toMatch(/ waits for its file until \S+Z\. Upload the file\.\n$/);
    expect(await complaint("retry", done.importId)).toBe(
      `memory-server: ${done.importId} has ended with the status COMPLETED. Its file was deleted. Create a new import.\n`,
    );
    expect(await complaint("show", "mem_import_7zzzzzzzzzzzzzzzzzzzzzzzzz")).toMatch(
      /There is no import mem_import_7z*\./,
    );
    expect(await (await commandsOn(place, [otherStoreId]))("imports", "retry", done.importId)).toMatchObject({
      code: 1,
      complaint: expect.stringContaining("because the store is not configured"),
    });
  });
});

describe("an import that another transaction blocks", () => {
  const createDatabase = usePostgres();

  it.each([["cancel"], ["retry"]])("can be changed by %s while its server runs it", async (action) => {
    const place = { dataFolder: "", databaseUrl: await createDatabase() };
    const run = await commandsOn(place);
    const { client, create, statusOf } = await started(place);
    const release = await holdIdentifier(place.databaseUrl, "ada.reyes@example.com");
    const { importId, url } = await create();
    bodyOf(await client.upload(url, csv.toString()), 200);
    const isLeased = async () => (await select(place, "SELECT owner FROM imports WHERE owner IS NOT NULL"))[0]?.length;
    await expect.poll(isLeased).toBe(1);
    expect(linesOf((await run("imports", "show", importId, "--json")).printed)).toMatchObject([{ isLeased: true }]);

    expect(await run("imports", action, importId)).toMatchObject({ code: 0, complaint: "" });
    if (action === "cancel") {
      expect(await statusOf(importId)).toBe("FAILED");
      await release();
      const { profiles } = bodyOf(await client.send("listProfiles", { path }), 200);
      expect([await statusOf(importId), profiles]).toEqual(["FAILED", []]);
    } else {
      await release();
      expect(await importEnd(client, storeId, importId)).toMatchObject({
        status: "COMPLETED",
        summary: { errors: 0, warnings: 0 },
      });
    }
  });
});

describe("memory-server imports without a database", () => {
  it.each([
    [["imports"], /has the actions list, show, cancel and retry\. Run memory-server imports --help\.\n$/],
    [["imports", "list", "--status", "LOST"], /--status must be PENDING, PROCESSING, COMPLETED, FAILED\.\n$/],
    [["imports", "list", "--limit", "0"], /--limit must be a positive integer\.\n$/],
    [["imports", "show"], /Specify the ID of one import: memory-server imports show <import ID>\n$/],
    [["imports", "list"], /The folder \S+ contains no database\. Specify the data folder with --data or --config\.\n$/],
  ])("rejects %j", async (args, complaint) => {
    const run = await commandsOn({ dataFolder: "nowhere" });
    expect(await run(...args)).toEqual({ code: 1, printed: "", complaint: expect.stringMatching(complaint) });
  });
});

describe("a command with a data folder and a PostgreSQL database", () => {
  it("does not choose one of them", async () => {
    const run = await commandsOn({ dataFolder: "", databaseUrl: "postgres://127.0.0.1:1/none" });
    expect(await run("imports", "list", "--data", "folder")).toEqual({
      code: 1,
      printed: "",
      complaint: expect.stringMatching(
        /^memory-server: --data names a data folder, but the configuration .* Remove one/,
      ),
    });
  });
});
