import { startMock } from "@memory-api/mock";
import { afterAll, expect, it } from "vitest";

/** The code under test. */
async function listProfiles(baseUrl: string, send = fetch): Promise<unknown> {
  const response = await send(`${baseUrl}/v1/Stores/mem_store_00000000000000000000000000/Profiles`, {
    headers: { Authorization: `Basic ${btoa("key:secret")}` },
  });
  if (!response.ok) throw new Error(`The Memory API returned ${response.status}`);
  return response.json();
}

const mock = await startMock();
afterAll(() => mock.stop());

it("returns a page", async () => {
  expect(await listProfiles(mock.url)).toHaveProperty("meta.nextToken");
});

it("returns an empty page of an empty store", async () => {
  expect(await listProfiles(mock.url, mock.fetch({ example: "emptyStore" }))).toHaveProperty("profiles", []);
});

it("gives up when there are too many requests", async () => {
  await expect(listProfiles(mock.url, mock.fetch({ status: 429 }))).rejects.toThrow("returned 429");
});
