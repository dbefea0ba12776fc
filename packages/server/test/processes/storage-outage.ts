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

/** Interrupts and restores the storage during writes. The server must report the outage and recover from it. */
export async function expectRecovery(writer: Writer, url: string, place: Place, outage: Outage): Promise<void> {
  const client = new KeepAliveClient(url);
  const stop = new AbortController();
  const written = writer.write(url, stop.signal);
  await writer.more(100);

  await outage.begin();
  const body = { traits: { Contact: { email: "late@example.com" } } };
  const create = () => client.send("createProfile", { path: { storeId }, body });
  let response = await create();
  // The allocated files have space for a few more writes.
  while (response.status === 202) response = await create();
  expect(response).toMatchObject({ status: 503, body: { code: 20503, status: 503 } });
  expect(await client.readiness()).toBe(503);

  await outage.end();
  await writer.more(100);
  expect(await client.readiness()).toBe(200);
  stop.abort();
  await written;
  await expectNothingLost(writer, url, place);
}
