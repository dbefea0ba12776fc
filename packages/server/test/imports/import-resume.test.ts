import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSqlite } from "../../src/storage/sqlite/open-sqlite.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { UploadFiles } from "../../src/storage/uploads/upload-files.ts";
import { rules, storeId } from "./import-rules.ts";
import { HEADER, RunningImports } from "./running-imports.ts";

const BATCHES = 7;

/** Each customer occurs in several batches, some rows are errors, some are warnings, and rows have different lengths. */
const file = `\ufeff${HEADER}${Array.from({ length: 3500 }, (_, at) => {
  if (at % 70 === 3) return `,,"nobody, ${at}",1\r\n`;
  const points = at % 50 === 7 ? "many" : at;
  return `ada${at % 1300}@example.com,,"Zoë\n""${at}""",${points}\r\n`;
}).join("")}`;

describe("an interrupted import", () => {
  it.each(["before", "after"])(
    "has the same result as an uninterrupted one, wherever it was interrupted (%s a commit)",
    async (when) => {
      await using undisturbed = new RunningImports();
      const expected = await undisturbed.uploaded(file);
      await undisturbed.runner().settle();
      const { progress } = await undisturbed.fetched(expected);
      expect(progress).toEqual({ offset: Buffer.byteLength(file), rows: 3500, errors: 50, warnings: 70 });

      for (let failing = 1; failing <= BATCHES; failing++) {
        await using imports = new RunningImports();
        const id = await imports.uploaded(file);
        const applyRows = imports.storage.applyRows.bind(imports.storage);
        let calls = 0;
        imports.storage.applyRows = async (...values) => {
          const isFailing = ++calls === failing;
          if (isFailing && when === "before") throw new StorageUnavailableError("The connection broke.");
          const isApplied = await applyRows(...values);
          if (isFailing) throw new StorageUnavailableError("The connection broke.");
          return isApplied;
        };
        const runner = imports.runner();
        await runner.settle();
        await runner.settle();
        expect(await imports.fetched(id)).toMatchObject({ status: "COMPLETED", progress });
        expect(calls).toBe(when === "before" ? BATCHES + 1 : BATCHES);
        expect(await imports.profiles()).toEqual(await undisturbed.profiles());
      }
    },
  );

  it("still counts all rows against the limit", async () => {
    await using imports = new RunningImports();
    const progress = { offset: Buffer.byteLength(HEADER), rows: 999_999, errors: 0, warnings: 0 };
    const one = await imports.uploaded(`${HEADER}ada@example.com,,Ada,1\n`, progress);
    const two = await imports.uploaded(`${HEADER}ada@example.com,,Ada,1\nada@example.com,,Ada,1\n`, progress);
    await imports.runner().settle();
    expect(await imports.fetched(one)).toMatchObject({ status: "COMPLETED", progress: { rows: 1_000_000 } });
    expect((await imports.fetched(two)).status).toBe("FAILED");
  });

  it("does not apply rows again, which would overwrite later changes", async () => {
    await using imports = new RunningImports();
    await imports.uploaded(`${HEADER}${"ada@example.com,,Ada,1\n".repeat(1000)}jonas@example.com,,Jonas,1\n`);
    const applyRows = imports.storage.applyRows.bind(imports.storage);
    imports.storage.applyRows = async (...values) => {
      imports.storage.applyRows = applyRows;
      await applyRows(...values);
      throw new StorageUnavailableError("The connection broke.");
    };
    const runner = imports.runner();
    await runner.settle();

    const [profileId = ""] = await imports.storage.listProfiles(storeId, "ASC", 1);
    const changes = [{ group: "Contact", trait: "firstName", value: "Ada Reyes" }];
    const acceptedAt = imports.now * 1000 + 1;
    await imports.storage.apply({ id: storeId, accountSid: "AC1", rules }, [
      { kind: "patch", profileId, acceptedAt, changes, identifiers: [] },
    ]);
    await runner.settle();
    expect((await imports.profiles()).get("ada@example.com")).toMatchObject({ firstName: "Ada Reyes" });
    expect((await imports.profiles()).has("jonas@example.com")).toBe(true);
  });

  it("continues in the next process, from the files of the previous one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "imports-"));
    const open = async () => {
      const storage = await openSqlite(folder);
      return new RunningImports(storage, await UploadFiles.open(join(folder, "uploads"), storage));
    };
    let id: string;
    {
      await using before = await open();
      id = await before.uploaded(file);
      await before.stoppedRunner();
    }
    {
      await using after = await open();
      expect(await after.fetched(id)).toMatchObject({ status: "PROCESSING", progress: { rows: 500 } });
      await after.runner().settle();
      expect(await after.fetched(id)).toMatchObject({ status: "COMPLETED", progress: { rows: 3500, errors: 50 } });
      expect((await after.profiles()).size).toBe(1300);
      expect(readdirSync(join(folder, "uploads"))).toEqual([]);
    }
    rmSync(folder, { recursive: true });
  });
});
