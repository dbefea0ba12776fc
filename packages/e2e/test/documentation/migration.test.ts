import { operations } from "@memory-api/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServerProcess, startServerProcess } from "../server/server-process.ts";
import { faultsOf } from "./examples/compile-examples.ts";
import { runExample } from "./examples/run-example.ts";
import { runOurs, runVendor } from "./migration/outcome.ts";
import { readOwn, readPairs } from "./migration/pairs.ts";

const page = new URL("../../../../docs/migration.md", import.meta.url);
const [setUp = { name: "", vendor: "", ours: "" }, ...pairs] = readPairs(page);
const own = readOwn(page);

let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startServerProcess(["--sandbox"]);
});
afterAll(() => sandbox.stop());

const vendor = (code: string) => runVendor(sandbox, setUp.vendor + code);
const ours = (code: string) => runOurs(sandbox, setUp.ours + code);

describe("each pair of the guide", () => {
  const faults = faultsOf(pairs.map((pair) => setUp.ours + pair.ours));

  it.each(pairs.map((pair, index) => [pair.name, pair, index] as const))(
    "sends, gets and prints the same: %s",
    async (_, pair, index) => {
      const expected = await vendor(pair.vendor);
      expect(expected.exchanges).not.toEqual([]);
      expect(await ours(pair.ours)).toEqual(expected);
      expect(faults[index]).toEqual([]);
    },
  );

  it("is one of all operations but the upload, which the SDK has not", async () => {
    const reached = new Set(["uploadImportFile"]);
    for (const pair of pairs) {
      for (const { operationId } of (await vendor(pair.vendor)).exchanges) reached.add(operationId);
    }
    expect([...reached].sort()).toEqual(Object.keys(operations).sort());
  });

  it("would not be the same if one block were wrong", async () => {
    const list = {
      vendor: 'await client.memory.v1.profiles(storeId).list({ orderBy: "DESC" });',
      ours: "await profiles.list()",
    };
    const expected = await vendor(list.vendor);
    expect(await ours(`${list.ours}.toArray({ limit: 1 });`)).not.toEqual(expected);
    expect(await ours("console.log((await profiles.fetch(profileId)).id);")).not.toEqual(
      await vendor("await client.memory.v1.profiles(storeId, profileId).fetch();"),
    );
  });
});

it.each(own.map(({ heading, code }) => [heading, code] as const))(
  "what stands alone runs, too: %s",
  async (_, code) => {
    expect(faultsOf([code])).toEqual([[]]);
    await runExample(code);
  },
);
