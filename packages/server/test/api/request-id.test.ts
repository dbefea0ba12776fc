import { expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import { profilesOf } from "../support/requests.ts";
import { storeId } from "../support/settings-for-tests.ts";

it("every response contains the ID of its request", async () => {
  const api = await startApi();
  const list = { method: "GET", target: profilesOf(storeId) };
  const ids = [];
  for (const request of [list, list, { ...list, target: "/nowhere" }, { ...list, as: "nobody" as const }]) {
    ids.push((await api.send(request)).headers["x-request-id"]);
  }
  expect(ids).not.toContain(undefined);
  expect(new Set(ids).size).toBe(4);
});
