import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createFetchClient, profileMoved, throwMemoryErrors } from "../../src/openapi-fetch/index.ts";
import { errorOf } from "../error-of.ts";
import {
  canonicalProfileId,
  connected,
  elsewhere,
  found,
  init,
  notFound,
  PROFILE,
  STORE,
  server,
  storeId,
  traits,
} from "./client-of-servers.ts";

describe("credentials", () => {
  it("are sent only to the origin of the base URL", async () => {
    elsewhere.respondWith(found);
    await connected().client.GET(PROFILE, { ...init, baseUrl: elsewhere.url });
    expect(elsewhere.requests).toHaveLength(1);
    expect(elsewhere.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("are not sent after a redirect, which is not followed", async () => {
    const headers = { location: `${elsewhere.url}/`, "canonical-profile-id": canonicalProfileId };
    server.respondWith({ status: 308, headers, body: { message: "merged", uri: `${elsewhere.url}/` } });
    const result = await connected().client.DELETE(PROFILE, init);
    expect(profileMoved(result)).toMatchObject({ status: 308, canonicalProfileId });
    expect([server.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
  });

  it("are renewed for each attempt by a function", async () => {
    server.respondWith({ status: 503 }, found);
    let renewals = 0;
    await connected({ credentials: () => ({ apiKey: "key", apiSecret: String(renewals++) }) }).client.GET(
      PROFILE,
      init,
    );
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
      ["key:0", "key:1"].map((pair) => `Basic ${btoa(pair)}`),
    );
  });

  it("are not sent if they are false, and those of the request take precedence", async () => {
    await connected({ credentials: false }).client.GET(PROFILE, init);
    await connected().client.GET(PROFILE, { ...init, headers: { Authorization: "Bearer own" } });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, "Bearer own"]);
  });

  it("are needed in the options or the environment", () => {
    for (const name of ["API_KEY", "API_SECRET", "ACCOUNT_SID", "AUTH_TOKEN"]) vi.stubEnv(`TWILIO_${name}`, undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(() => createFetchClient({ baseUrl: server.url })).toThrow("No credentials");
  });
});

describe("an Authorization of the request", () => {
  it.each(["Bearer a.b.c-secret", "Bearer abcdefghsecret", "Token x-secret", "Basic %%%secret"])(
    "%s does not break a failure, and is not in its error",
    async (given) => {
      const [, secret = ""] = given.split(" ");
      server.respondWith({ status: 503 }, { status: 404, body: { ...notFound, message: `Bad ${secret}` } });
      const { client } = connected();
      client.use(throwMemoryErrors);
      const error = await errorOf(client.GET(PROFILE, { ...init, headers: { Authorization: given } }));
      expect(error).toMatchObject({ name: "MemoryApiError", status: 404, message: "Bad …", attempts: 2 });
    },
  );
});

describe("throwMemoryErrors", () => {
  const body = { ...notFound, message: "ada.reyes@example.com is not allowed; key, secret" };
  const call = (client: ReturnType<typeof createFetchClient>) =>
    errorOf(client.POST(STORE, { params: { path: { storeId } }, body: { traits } }));

  it.each([
    ["alone", undefined],
    [
      "after middleware that replaces the response",
      ({ response }: { response: Response }) => new Response(response.body, response),
    ],
  ])("keeps secrets and trait values out of the error, %s", async (_, onResponse) => {
    server.respondWith({ status: 500 }, { status: 400, body });
    const { client } = connected();
    client.use(throwMemoryErrors, ...(onResponse ? [{ onResponse }] : []));
    expect(await call(client)).toMatchObject({ status: 400, message: "… is not allowed; key, …", attempts: 2 });
  });
});
