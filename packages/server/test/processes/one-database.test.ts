import { describe, expect, it } from "vitest";
import { usePostgres } from "../postgres/use-postgres.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";

const createDatabase = usePostgres();
const path = { storeId } as const;

describe("two servers that start at once on an empty database", () => {
  it("serve the same store", async () => {
    const settings = { ...settingsForTests, dataFolder: "", databaseUrl: await createDatabase() };
    const [one, other] = await Promise.all([startServerProcess(settings), startServerProcess(settings)]);
    const [first, second] = [new KeepAliveClient(one.url), new KeepAliveClient(other.url)];
    const contact = (traits: Record<string, string>) => ({ traits: { Contact: traits } });
    const create = async (client: KeepAliveClient, traits: Record<string, string>) =>
      bodyOf(await client.send("createProfile", { path, body: contact(traits) }), 202).id;

    const profileId = await create(first, { email: "ada@example.com" });
    const lost = await create(second, { phone: "+12065550100" });
    expect(await create(second, { email: "ADA@example.com", phone: "+12065550100" })).toBe(profileId);

    const fetched = bodyOf(await first.send("fetchProfile", { path: { storeId, profileId } }), 200);
    expect(fetched.traits).toEqual({ Contact: { email: "ADA@example.com", phone: "+12065550100" } });
    const moved = await first.send("fetchProfile", { path: { storeId, profileId: lost } });
    expect(moved).toMatchObject({ status: 301, headers: { "canonical-profile-id": profileId } });

    const others = [await create(first, { email: "2@example.com" }), await create(second, { email: "3@example.com" })];
    const page = await first.send("listProfiles", { path, query: { pageSize: 1, orderBy: "ASC" } });
    const { profiles, meta } = bodyOf(page, 200);
    const query = { pageToken: meta.nextToken ?? "", orderBy: "ASC" } as const;
    const rest = bodyOf(await second.send("listProfiles", { path, query }), 200);
    expect([profiles, rest.profiles.toSorted()]).toEqual([[profileId], others.toSorted()]);

    bodyOf(await second.send("deleteProfile", { path: { storeId, profileId } }), 202);
    expect(await first.send("fetchProfile", { path: { storeId, profileId: lost } })).toMatchObject({ status: 404 });
  });
});
