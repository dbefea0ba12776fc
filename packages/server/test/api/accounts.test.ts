import { operations } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import { acceptedRequest, createProfile, profileOf, profilesOf } from "../support/requests.ts";
import { foreignStoreId, type Login, logins, otherStoreId, storeId } from "../support/settings-for-tests.ts";

const list = (store: string, as: Login) => ({ method: "GET", target: profilesOf(store), as });
const [username, password] = logins.owner;
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("an account", () => {
  it("can access its own stores with its key and with its token, and no others", async () => {
    const api = await startApi();
    const opened = [
      ...[storeId, otherStoreId].flatMap(
        (store) =>
          [
            [store, logins.owner, 200],
            [store, logins.ownerAccount, 200],
            [store, logins.stranger, 403],
          ] as const,
      ),
      [foreignStoreId, logins.owner, 403],
      [foreignStoreId, logins.ownerAccount, 403],
      [foreignStoreId, logins.stranger, 200],
    ] as const;
    for (const [store, as, status] of opened) expect(await api.send(list(store, as))).toMatchObject({ status });
  });

  it.each(Object.values(operations).filter(({ authenticated }) => authenticated))(
    "cannot do $id in the store of another",
    async ({ id }) => {
      const api = await startApi();
      const request = await acceptedRequest[id](api);
      expect(await api.send({ ...request, as: logins.stranger })).toMatchObject({ status: 403 });
      expect(await api.send(request)).toMatchObject({ status: expect.toBeOneOf([200, 201, 202]) });
    },
  );

  it("has separate profiles in each of its stores", async () => {
    const api = await startApi();
    const here = await createProfile(api);
    const there = await createProfile(api, undefined, otherStoreId);
    expect(there).not.toBe(here);
    expect(await api.send({ method: "GET", target: profileOf(here, otherStoreId) })).toMatchObject({ status: 404 });
    expect((await api.send(list(otherStoreId, logins.owner))).body).toMatchObject({ profiles: [there] });
    await api.send({ method: "DELETE", target: profileOf(there, otherStoreId) });
    expect((await api.send(list(storeId, logins.owner))).body).toMatchObject({ profiles: [here] });
  });
});

describe("credentials", () => {
  it.each([
    basic(`${username}:${password}`).replace("Basic", "basic"),
    basic(`${username}:${password}`).replace("Basic", "Basic  "),
    `${basic(`${username}:${password}`)} `,
  ])("are read as HTTP specifies them: %j", async (authorization) => {
    const api = await startApi();
    expect(await api.send({ ...list(storeId, logins.owner), headers: { authorization } })).toMatchObject({
      status: 200,
    });
  });

  it.each([
    ["a wrong secret", basic(`${username}:wrong`)],
    ["no secret", basic(`${username}:`)],
    ["no colon", basic(username)],
    ["an unknown name", basic(`SK0:${password}`)],
    ["a name like __proto__", basic("__proto__:")],
    ["nobody", basic(":")],
    ["nothing", "Basic"],
    ["another scheme", `Bearer ${password}`],
    ["text that is not base64", `Basic ${username}:${password}`],
    ["a secret and more", basic(`${username}:${password} `)],
    ["two of them", `${basic(`${username}:${password}`)}, ${basic(`${username}:${password}`)}`],
  ])("are rejected: %s", async (_, authorization) => {
    const api = await startApi();
    const response = await api.send({ ...list(storeId, logins.owner), headers: { authorization } });
    expect(response).toMatchObject({ status: 401, headers: { "www-authenticate": 'Basic realm="Memory API"' } });
    expect(response.text).not.toContain(password);
  });
});
