import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract } from "@memory-api/spec";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { checkUsageManifest } from "../../src/consumer/manifest/check-usage-manifest.ts";
import {
  mergeUsageManifests,
  parseUsageManifest,
  readUsageManifest,
  type UsageManifest,
} from "../../src/consumer/manifest/usage-manifest.ts";
import { createUsage } from "../../src/consumer/usage.ts";
import { json, profilesUrl, sandbox, traits } from "./sandbox-fetch.ts";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-usage-"));
  path = join(folder, "memory-usage.json");
  // A list with a profile, whose ID can be read.
  await usageOf("create");
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  vi.unstubAllEnvs();
  return rm(path, { force: true });
});

/** What a consumer that makes these calls uses. */
async function usageOf(...calls: readonly ("create" | "list" | "fetchUnknown")[]): Promise<UsageManifest> {
  const usage = createUsage();
  const send = usage.wrap(sandbox.fetch);
  for (const call of calls) {
    if (call === "create") {
      const body = JSON.stringify({ traits });
      const response = await send(profilesUrl, { method: "POST", headers: json, body });
      expect(Object(await response.json()).id).toMatch(/^mem_profile_/);
    } else if (call === "list") {
      const page = Object(await (await send(`${profilesUrl}?pageSize=2&orderBy=ASC`, { headers: json })).json());
      expect(page.profiles[0]).toMatch(/^mem_profile_/);
    } else {
      const response = await send(`${profilesUrl}/mem_profile_7zzzzzzzzzzzzzzzzzzzzzzzzz`, { headers: json });
      expect(response.status).toBe(404);
    }
  }
  usage.close();
  return usage.manifest();
}

describe("the usage manifest", () => {
  it("contains names and no values", async () => {
    expect(await usageOf("list", "create", "fetchUnknown")).toEqual({
      manifest: 1,
      contractVersion: contract.version,
      operations: {
        createProfile: {
          parameters: ["path/storeId"],
          requestBody: ["/traits/*/*"],
          responses: { "202": { headers: [], reads: ["/id"] } },
        },
        fetchProfile: {
          parameters: ["path/profileId", "path/storeId"],
          requestBody: [],
          responses: { "404": { headers: [], reads: [] } },
        },
        listProfiles: {
          parameters: ["path/storeId", "query/orderBy", "query/pageSize"],
          requestBody: [],
          responses: { "200": { headers: [], reads: ["/profiles/*"] } },
        },
      },
    });
  });

  it("does not depend on the order of the calls", async () => {
    const [one, other] = [
      await usageOf("list", "create", "fetchUnknown"),
      await usageOf("fetchUnknown", "create", "list"),
    ];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it("is the sum of the manifests of several test files", async () => {
    const parts = [await usageOf("list"), await usageOf("fetchUnknown", "create")];
    const whole = await usageOf("list", "create", "fetchUnknown");
    expect(JSON.stringify(mergeUsageManifests(parts))).toBe(JSON.stringify(whole));
    expect(() => mergeUsageManifests([whole, { ...whole, contractVersion: "999.0.0" }])).toThrow(
      `${contract.version}, 999.0.0`,
    );
  });

  it.each([
    ["{", "is not valid JSON"],
    ['{"manifest":2,"contractVersion":"1.0.0","operations":{}}', "/manifest must be equal to constant"],
    ['{"manifest":1,"contractVersion":"1.0.0","operations":{"a":{}}}', "/operations/a must have required property"],
    ['{"manifest":1,"contractVersion":"1.0.0","operations":{},"x":1}', "must NOT have additional properties"],
  ])("is rejected if it is %s", (text, reason) => {
    expect(() => parseUsageManifest(text)).toThrow(reason);
  });
});

describe("checkUsageManifest", () => {
  it("fails until the file is written, and then passes", async () => {
    const manifest = await usageOf("list");
    await expect(checkUsageManifest(path, manifest)).rejects.toThrow(`${path} does not exist`);
    vi.stubEnv("MEMORY_USAGE", "update");
    await checkUsageManifest(path, manifest);
    vi.stubEnv("MEMORY_USAGE", "");
    await checkUsageManifest(path, manifest);
    expect(await readUsageManifest(path)).toEqual(manifest);
    expect(await readFile(path, "utf8")).toBe(`${JSON.stringify(manifest, null, 2)}\n`);
  });

  it("names what is missing and what is no longer used", async () => {
    await checkUsageManifest(path, await usageOf("list"), "update");
    const stale = checkUsageManifest(path, await usageOf("create"));
    await expect(stale).rejects.toMatchObject({
      name: "StaleUsageManifestError",
      missing: ["createProfile", "createProfile sends path/storeId", "createProfile sends body/traits/*/*"].concat(
        ...["createProfile receives 202", "createProfile reads 202 body/id"],
      ),
      unused: expect.arrayContaining(["listProfiles sends query/pageSize", "listProfiles reads 200 body/profiles/*"]),
    });
    await expect(stale).rejects.toThrow("Run all tests with MEMORY_USAGE=update, and commit the file.");
  });

  it("fails if something is no longer used, although nothing is missing", async () => {
    await checkUsageManifest(path, await usageOf("list", "create"), "update");
    const stale = checkUsageManifest(path, await usageOf("list"));
    await expect(stale).rejects.toMatchObject({ missing: [], unused: expect.arrayContaining(["createProfile"]) });
  });

  it("accepts another format of the same content", async () => {
    const manifest = await usageOf("list");
    await writeFile(path, JSON.stringify(manifest));
    await checkUsageManifest(path, manifest);
  });

  it("does nothing when it is off, and rejects unknown modes", async () => {
    vi.stubEnv("MEMORY_USAGE", "off");
    await checkUsageManifest(path, await usageOf("list"));
    vi.stubEnv("MEMORY_USAGE", "yes");
    await expect(checkUsageManifest(path, await usageOf("list"))).rejects.toThrow("check, update, off, not yes");
  });

  it("reports an invalid file with its path, and replaces it in an update", async () => {
    await writeFile(path, "<<<<<<<");
    const manifest = await usageOf("list");
    await expect(checkUsageManifest(path, manifest)).rejects.toThrow(`${path}: The usage manifest is not valid JSON.`);
    await checkUsageManifest(path, manifest, "update");
    expect(await readUsageManifest(path)).toEqual(manifest);
  });
});
