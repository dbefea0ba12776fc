import { expect, it } from "vitest";
import { authorization, connectTo, head, untilClosed } from "../security/raw-connection.ts";
import { startWholeServer } from "../security/whole-server.ts";
import { profilesOf } from "../support/requests.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";

it("A request that does not end in time is disconnected, and does not delay the shutdown", async () => {
  const timeouts = { ...settingsForTests.timeouts, bodyMs: 3_600_000, idleMs: 3_600_000, drainMs: 100 };
  const server = await startWholeServer({ timeouts });
  const socket = await connectTo(server.url);
  const lines = ["Host: localhost", authorization, "Content-Type: application/json", "Content-Length: 100"];
  socket.write(head("PUT", `${profilesOf(storeId)}/Bulk`, ...lines));
  const health = async () => (await fetch(`${server.url}/health`)).json();
  await expect.poll(health).toMatchObject({ backlog: { bytes: 100 } });
  await server.close();
  expect(await untilClosed(socket)).toBe("");
});
