import { expect, it } from "vitest";
import { describeEngines } from "../support/engines.ts";
import { startServerProcess } from "../support/server-process.ts";
import { otherStoreId, storeId } from "../support/settings-for-tests.ts";
import { damage, storeData } from "../verification/stored-data.ts";
import { administeredSettings, commandsOn, linesOf } from "./administered-server.ts";

const EMAIL = "ada@example.com";

describeEngines("memory-server verify", ({ newPlace }) => {
  it("exits with 0 for consistent data, while a server runs", async () => {
    const place = await newPlace();
    await storeData(place);
    // It runs no imports, because none of its stores has any.
    await startServerProcess({ ...administeredSettings, ...place, stores: new Map() });
    const { code, printed, complaint } = await (await commandsOn(place))("verify");
    expect([complaint, printed]).toEqual([
      "",
      "Checked: stores 1, profiles 2, merge nodes 5, identifiers 7, trait groups 2, imports 3.\nFound: violations 0, warnings 0.\n",
    ]);
    expect(code).toBe(0);
  });

  it("exits with 1 for violations, and prints their kind, store and IDs, but no values", async () => {
    const place = await newPlace();
    const { single, merged } = await storeData(place);
    const moveTo = `UPDATE identifiers SET profile_id = '${merged}' WHERE value = '${EMAIL}'`;
    await damage(place, `DELETE FROM profiles WHERE id = '${single}'`, moveTo);
    const run = await commandsOn(place);
    const { code, printed, complaint } = await run("verify");
    expect([code, complaint]).toEqual([1, ""]);
    expect(printed).toContain(
      `violation trait-group-without-profile store=${storeId} profile=${single} group=Contact\n`,
    );
    expect(printed).toContain("Found: violations 2, warnings 0.\n");
    expect(printed).toContain("trait-group-without-profile: Traits are stored for a profile that does not exist.\n");
    expect(printed).not.toContain(EMAIL);

    const lines = linesOf((await run("verify", "--json")).printed);
    const ids = { profile: single, group: "Contact" };
    expect(lines).toContainEqual({ severity: "violation", kind: "trait-group-without-profile", storeId, ids });
    expect(lines.at(-1)).toMatchObject({
      checked: { stores: 1, profiles: 1, identifiers: 7 },
      violations: 2,
      warnings: 0,
    });
  });

  it("exits with 1 for warnings only if it is strict", async () => {
    const place = await newPlace();
    const { single } = await storeData(place);
    await damage(place, `DELETE FROM identifiers WHERE profile_id = '${single}'`);
    const run = await commandsOn(place);
    const { code, printed } = await run("verify");
    expect(printed).toContain(`warning promoted-trait-without-identifier store=${storeId} profile=${single}`);
    expect([code, (await run("verify", "--strict")).code]).toEqual([0, 1]);
    const withoutRules = await commandsOn(place, [otherStoreId]);
    expect(await withoutRules("verify", "--strict")).toMatchObject({ code: 0 });
  });

  it("exits with 2 if it cannot check", async () => {
    const place = await newPlace();
    const empty = await (await commandsOn(place))("verify");
    expect([empty.code, empty.complaint]).toEqual([2, expect.stringMatching(/^memory-server: The (folder|database) /)]);
    expect(await (await commandsOn(place))("verify", "--nope")).toMatchObject({ code: 2 });
  });
});
