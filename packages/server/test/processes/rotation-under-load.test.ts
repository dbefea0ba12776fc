import { describe, expect, it } from "vitest";
import { usePostgres } from "../postgres/use-postgres.ts";
import { type Change, Fleet, sid } from "./rotating-fleet.ts";
import { RotationLoad } from "./rotation-load.ts";

const UNLIMITED = { perSecond: 1_000_000, burst: 1_000_000 };

/** A configuration with these API keys and signing keys, in this order. */
const configurationOf = (apiKeys: readonly string[], signingKeys: readonly string[]) => ({
  accounts: [{ sid, credentials: apiKeys.map((username) => ({ username, secretFile: `secrets/${username}` })) }],
  signingKeys: signingKeys.map((id) => ({ id, secretFile: `secrets/${id}` })),
  rateLimits: { import: UNLIMITED },
});

describe("two processes on one database, under load", { timeout: 300_000 }, () => {
  const createDatabase = usePostgres();
  const loaded = async (signingKeys: readonly string[]) => {
    const fleet = await Fleet.start(await createDatabase(), configurationOf(["SK1"], signingKeys));
    const load = new RotationLoad(fleet);
    await load.allIsUsed();
    return { fleet, load };
  };

  it.each<Change>(process.env["SOAK"] ? ["reload", "restart"] : ["reload"])(
    "rotate a signing key and an API key by %s, and every request succeeds",
    async (how) => {
      const { fleet, load } = await loaded(["old"]);
      await fleet.change(how, configurationOf(["SK1", "SK2"], ["old", "new"]));
      load.credentials = ["SK1", "SK2"];
      await load.allIsUsed();
      await fleet.change(how, configurationOf(["SK1", "SK2"], ["new", "old"]));
      load.credentials = ["SK2"];
      // This takes the place of the 30 minutes after which every upload URL of the old key has expired.
      await load.allIsUsed();
      await fleet.change(how, configurationOf(["SK2"], ["new"]));
      await load.allIsUsed();
      await load.stop();
      expect([...load.counts.keys()].sort()).toEqual(["create 202", "create import 201", "list 200", "upload 200"]);
    },
  );

  it("reject page tokens and upload URLs if a step begins before the previous one is complete", async () => {
    const { fleet, load } = await loaded(["old"]);
    await fleet.change("reload", configurationOf(["SK1"], ["new", "old"]), [0]);
    await load.allIsUsed();
    await load.stop();
    expect([...load.counts.keys()].sort()).toEqual(expect.arrayContaining(["list 400", "upload 403"]));
  });
});
