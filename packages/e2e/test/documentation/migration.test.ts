import { operations } from "@memory-api/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { compileExamples } from "./examples/compile-examples.ts";
import { runExample } from "./examples/run-example.ts";
import { runOurs, runVendor } from "./migration/outcome.ts";
import { readPairs, readSingleBlocks } from "./migration/pairs.ts";

const page = new URL("../../../../docs/migration.md", import.meta.url);
const [setUp = { name: "", vendor: "", ours: "" }, ...pairs] = readPairs(page);
const singleBlocks = readSingleBlocks(page);

let sandbox: ServerProcess;
beforeAll(async () => {
  sandbox = await startServerProcess(["--sandbox"]);
});
afterAll(() => sandbox.stop());

const vendor = (code: string) => runVendor(sandbox, setUp.vendor + code);
const ours = (code: string) => runOurs(sandbox, setUp.ours + code);

describe("the pairs of the migration guide", () => {
  const errors = compileExamples(pairs.map((pair) => setUp.ours + pair.ours));

  it.each(pairs.map((pair, index) => [pair.name, pair, index] as const))(
    "send the same requests, get the same responses and print the same output: %s",
    async (_, pair, index) => {
      const expected = await vendor(pair.vendor);
      expect(expected.exchanges).not.toEqual([]);
      expect(await ours(pair.ours)).toEqual(expected);
      expect(errors[index]).toEqual([]);
    },
  );

  it("cover all operations except the upload, which the SDK does not support", async () => {
    const reached = new Set(["uploadImportFile"]);
    for (const pair of pairs) {
      for (const { operationId } of (await vendor(pair.vendor)).exchanges) reached.add(operationId);
    }
    expect([...reached].sort()).toEqual(Object.keys(operations).sort());
  });

  it("fail the comparison if one block differs", async () => {
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

describe("the blocks without an equivalent in the SDK", () => {
  it.each(singleBlocks.map(({ heading, code }) => [heading, code] as const))("compile and run: %s", async (_, code) => {
    expect(compileExamples([code])).toEqual([[]]);
    await runExample(code);
  });
});
