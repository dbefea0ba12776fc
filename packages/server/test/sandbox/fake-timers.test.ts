import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createSandbox } from "../../src/sandbox/create-sandbox.ts";

describe("a sandbox in a test with fake timers", () => {
  it.each([{ shouldAdvanceTime: false }, { shouldAdvanceTime: true }])(
    "responds to reads and writes, resets and closes: %j",
    async (config) => {
      const sandbox = await createSandbox();
      vi.useFakeTimers(config);
      onTestFinished(() => void vi.useRealTimers());
      const { apiKey, apiSecret } = sandbox.credentials;
      const headers = { Authorization: `Basic ${btoa(`${apiKey}:${apiSecret}`)}`, "Content-Type": "application/json" };
      const url = `${sandbox.url}/v1/Stores/${sandbox.storeId}/Profiles`;
      const body = JSON.stringify({ traits: { Contact: { email: "ada@example.com" } } });
      expect((await sandbox.fetch(url, { method: "POST", headers, body })).status).toBe(202);
      const response = await sandbox.fetch(url, { headers });
      expect(await response.json()).toMatchObject({ profiles: [expect.any(String)] });
      await sandbox.reset();
      await sandbox.close();
    },
  );
});
