import { describe, expect, it } from "vitest";
import { configuredStores } from "../../src/configuration/configured-stores.ts";
import type { StoreDirectory } from "../../src/domain/stores/store-directory.ts";
import type { StoreRules, TraitDefinition } from "../../src/domain/stores/store-rules.ts";
import { rules, storeId } from "./import-rules.ts";
import { RunningImports } from "./running-imports.ts";

const HEADER = "email,phone,name,points\n";
const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => `person${at}@example.com,,Ada,${at}\n`).join("");

const storeWith = (changed: StoreRules) =>
  configuredStores(new Map([[storeId, { accountSid: "AC1", rules: changed }]]));

/** A directory of one store, whose rules change while the first batch of rows is applied. */
function changingStores(imports: RunningImports, after: StoreDirectory): StoreDirectory {
  let stores = storeWith(rules);
  const applyRows = imports.storage.applyRows.bind(imports.storage);
  imports.storage.applyRows = (...values) => {
    stores = after;
    return applyRows(...values);
  };
  return { find: (id) => stores.find(id), list: () => stores.list() };
}

/** The rules, in which points are limited. */
const limited: StoreRules = {
  ...rules,
  traitGroups: new Map<string, ReadonlyMap<string, TraitDefinition>>([
    ...rules.traitGroups,
    ["Loyalty", new Map([["points", { dataType: "NUMBER", validationRule: { max: 0 } }]])],
  ]),
};

const withoutPoints: StoreRules = {
  ...rules,
  traitGroups: new Map([...rules.traitGroups].filter(([name]) => name !== "Loyalty")),
};

describe("an import whose store changes while it runs", () => {
  it("continues with the new rules after the current batch of rows, without a failed attempt", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + rows(1500));
    const stores = changingStores(imports, storeWith(limited));
    await imports.runner({ stores }).settle();
    const events = imports.events.filter(({ kind }) => kind !== "progressed");
    expect(events.map(({ kind }) => kind)).toEqual(["started", "interrupted", "started", "ended"]);
    expect(events[1]).toMatchObject({ kind: "interrupted", storeId, importId: id, by: "changed store" });
    // The values of the later rows are above the new maximum, so each of these rows is a warning.
    const progress = { rows: 1500, errors: 0, warnings: 1000 };
    expect(await imports.fetched(id)).toMatchObject({ status: "COMPLETED", progress });
    const profiles = await imports.profiles();
    expect(profiles.get("person499@example.com")).toMatchObject({ points: 499 });
    expect(profiles.get("person500@example.com")).toEqual({
      email: "person500@example.com",
      phone: "",
      firstName: "Ada",
    });
  });

  it("fails if the store no longer declares a trait of its mappings, and keeps the rows that were applied", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + rows(1500));
    const stores = changingStores(imports, storeWith(withoutPoints));
    await imports.runner({ stores }).settle();
    const reason = 'The store no longer declares Loyalty.points, which "points" is mapped to';
    expect(imports.events.at(-1)).toMatchObject({ kind: "ended", status: "FAILED", reason });
    expect(await imports.fetched(id)).toMatchObject({ progress: { rows: 500 } });
    expect((await imports.profiles()).size).toBe(500);
  });

  it("waits while its store is not configured, and continues when it is", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + rows(1500));
    const stores = changingStores(imports, configuredStores(new Map()));
    const runner = imports.runner({ stores });
    await runner.settle();
    await runner.settle();
    expect(await imports.fetched(id)).toMatchObject({ status: "PROCESSING", progress: { rows: 500 } });
    expect(imports.events.at(-1)).toMatchObject({ kind: "interrupted", by: "changed store" });
    await imports.runner({ stores: storeWith(rules) }).settle();
    expect(await imports.fetched(id)).toMatchObject({ status: "COMPLETED", progress: { rows: 1500 } });
  });

  it("is not interrupted if its rules are the same after a reload", async () => {
    await using imports = new RunningImports();
    await imports.uploaded(HEADER + rows(1500));
    const stores = changingStores(imports, storeWith(structuredClone(rules)));
    await imports.runner({ stores }).settle();
    const events = imports.events.filter(({ kind }) => kind !== "progressed");
    expect(events.map(({ kind }) => kind)).toEqual(["started", "ended"]);
  });
});
