import { expect, it } from "vitest";
import { describeEngines } from "../support/engines.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { startServerProcess } from "../support/server-process.ts";
import { logins, otherStoreId, storeId } from "../support/settings-for-tests.ts";
import { administeredSettings, commandsOn, linesOf } from "./administered-server.ts";

const UNUSED = "mem_store_00000000000000000000000009";

describeEngines("memory-server stores list", ({ newPlace }) => {
  it("lists configured stores, and those of which only the database knows, while a server runs", async () => {
    const place = await newPlace();
    const { url } = await startServerProcess({ ...administeredSettings, ...place });
    const client = new KeepAliveClient(url);
    for (const store of [storeId, otherStoreId] as const) {
      for (const email of ["ada@example.com", "grace@example.com"]) {
        const body = { traits: { Contact: { email } } };
        bodyOf(await client.send("createProfile", { path: { storeId: store }, body }), 202);
      }
    }
    const run = await commandsOn(place, [storeId, UNUSED]);
    const [account] = logins.ownerAccount;
    expect((await run("stores", "list")).printed).toBe(
      [
        `STORE                                 ACCOUNT                             PROFILES  IMPORTS`,
        `${storeId}  ${account}  2         0`,
        `${otherStoreId}  not configured                      2         0`,
        `${UNUSED}  ${account}  0         0`,
        "",
      ].join("\n"),
    );
    const none = { count: 0, isLimited: false };
    expect(linesOf((await run("stores", "list", "--json")).printed)).toEqual([
      { storeId, isConfigured: true, account, profiles: { count: 2, isLimited: false }, imports: none },
      { storeId: otherStoreId, isConfigured: false, profiles: { count: 2, isLimited: false }, imports: none },
      { storeId: UNUSED, isConfigured: true, account, profiles: none, imports: none },
    ]);
    expect(await run("stores")).toMatchObject({ code: 1, complaint: expect.stringContaining("has the action list") });
  });
});
