import { expect } from "vitest";
import { expectNothingLost } from "../crash/expect-nothing-lost.ts";
import type { Writer } from "../crash/writer.ts";
import { KeepAliveClient } from "../support/keep-alive-client.ts";
import type { Place } from "../support/place.ts";
import { storeId } from "../support/settings-for-tests.ts";

export interface Outage {
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

/** Takes the storage away from a server that is writing, and gives it back. The server must say so and get over it by itself. */
export async function expectRecovery(writer: Writer, url: string, place: Place, outage: Outage): Promise<void> {
  const client = new KeepAliveClient(url);
  const stop = new AbortController();
  const written = writer.write(url, stop.signal);
  await writer.more(100);

  await outage.begin();
  const body = { traits: { Contact: { email: "late@example.com" } } };
  const create = () => client.send("createProfile", { path: { storeId }, body });
  let refused = await create();
  // Files have room within them for a few more.
  while (refused.status === 202) refused = await create();
  expect(refused).toMatchObject({ status: 503, body: { code: 20503, status: 503 } });
  expect(await client.readiness()).toBe(503);

  await outage.end();
  await writer.more(100);
  expect(await client.readiness()).toBe(200);
  stop.abort();
  await written;
  await expectNothingLost(writer, url, place);
}
