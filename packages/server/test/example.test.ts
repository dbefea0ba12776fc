import { createSandbox } from "@memory-api/server";
import { afterAll, beforeEach, expect, it } from "vitest";

const sandbox = await createSandbox();
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const profiles = `${sandbox.url}/v1/Stores/${sandbox.storeId}/Profiles`;
const headers = {
  Authorization: `Basic ${btoa(`${sandbox.credentials.apiKey}:${sandbox.credentials.apiSecret}`)}`,
  "Content-Type": "application/json",
};
async function create(contact: Record<string, string>): Promise<string> {
  const body = JSON.stringify({ traits: { Contact: contact } });
  const response = await sandbox.fetch(profiles, { method: "POST", headers, body });
  const { id } = Object(await response.json());
  return id;
}

it("redirects a profile that was merged", async () => {
  const ada = await create({ email: "ada.reyes@example.com" });
  const caller = await create({ phone: "+14155550123" });
  expect(await create({ email: "ada.reyes@example.com", phone: "+14155550123" })).toBe(ada);
  const moved = await sandbox.fetch(`${profiles}/${caller}`, { headers, redirect: "manual" });
  expect([moved.status, moved.headers.get("Canonical-Profile-Id")]).toEqual([301, ada]);
});
