import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Turbo passes these to every task. Their values do not change what the tests check. */
const PASSED_TO_EVERY_TASK = ["PATH"];

async function variablesIn(file: string): Promise<string[]> {
  const text = await readFile(join(folder, file), "utf8");
  return [...text.matchAll(/process\.env(?:\.|\[")(\w+)/g)].flatMap(([, name]) => name ?? []);
}

describe("the environment variables that the tests read", () => {
  it("are part of turbo's cache key for the result", async () => {
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
    const variables = new Set((await Promise.all(files.map(variablesIn))).flat());
    const { tasks } = JSON.parse(await readFile(join(folder, "../turbo.json"), "utf8"));
    expect([...variables].sort()).toEqual(
      expect.arrayContaining(["MODEL_REPLAY", "TEST_CITUS_URL", "TEST_DATABASE_URL"]),
    );
    expect([...tasks.test.env, ...PASSED_TO_EVERY_TASK]).toEqual(expect.arrayContaining([...variables]));
  });
});
