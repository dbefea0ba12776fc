import FakeTimers from "@sinonjs/fake-timers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createSandbox } from "../../src/process/create-sandbox.ts";

const installations = [
  {
    name: "vi.useFakeTimers",
    install: (shouldAdvanceTime: boolean) => {
      vi.useFakeTimers({ shouldAdvanceTime });
      return () => void vi.useRealTimers();
    },
  },
  {
    name: "@sinonjs/fake-timers",
    install: (shouldAdvanceTime: boolean) => {
      const clock = FakeTimers.install({ shouldAdvanceTime, toNotFake: ["nextTick", "queueMicrotask"] });
      return () => clock.uninstall();
    },
  },
].flatMap((each) => [false, true].map((shouldAdvanceTime) => ({ ...each, shouldAdvanceTime })));

describe.each(installations)("a sandbox with fake timers of $name, $shouldAdvanceTime", (installation) => {
  async function sandboxWithFakeTimers() {
    const sandbox = await createSandbox();
    onTestFinished(installation.install(installation.shouldAdvanceTime));
    const { apiKey, apiSecret } = sandbox.credentials;
    const headers = { Authorization: `Basic ${btoa(`${apiKey}:${apiSecret}`)}`, "Content-Type": "application/json" };
    const url = `${sandbox.url}/v1/Stores/${sandbox.storeId}/Profiles`;
    return { sandbox, headers, url };
  }

  it("responds to reads and writes, resets and closes", async () => {
    const { sandbox, headers, url } = await sandboxWithFakeTimers();
    const body = JSON.stringify({ traits: { Contact: { email: "ada@example.com" } } });
    for (let attempt = 0; attempt < 3; attempt++)
      expect((await sandbox.fetch(url, { method: "POST", headers, body })).status).toBe(202);
    const response = await sandbox.fetch(url, { headers });
    expect(await response.json()).toMatchObject({ profiles: [expect.any(String)] });
    await sandbox.restore(await sandbox.snapshot());
    await sandbox.clock.advance(1000);
    await sandbox.reset();
    await sandbox.close();
  });

  it("responds to a request whose body is missing, and carries out faults", async () => {
    const { sandbox, headers, url } = await sandboxWithFakeTimers();
    expect((await sandbox.fetch(url, { method: "POST", headers })).status).toBe(400);
    sandbox.faults.setPlan([
      { times: 1, fault: { kind: "latency", ms: 1 } },
      { times: 1, fault: { kind: "truncate" } },
      { times: 1, fault: { kind: "slow", bytesPerSecond: 10_000 } },
    ]);
    expect((await sandbox.fetch(url, { headers })).status).toBe(200);
    await expect((await sandbox.fetch(url, { headers })).text()).rejects.toThrow("terminated");
    expect(await (await sandbox.fetch(url, { headers })).json()).toMatchObject({ profiles: [] });
    await sandbox.close();
  });
});
