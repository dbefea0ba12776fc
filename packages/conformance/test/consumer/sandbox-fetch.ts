import { createSandbox } from "@memory-api/server";
import { afterAll } from "vitest";

/** The first argument of `Response` and the body of a request. */
export type Body = ConstructorParameters<typeof Response>[0];

/** A sandbox for the tests of a file, and the parts of a request to it. */
export const sandbox = await createSandbox();
afterAll(() => sandbox.close());

const { apiKey, apiSecret } = sandbox.credentials;
export const authorization = `Basic ${btoa(`${apiKey}:${apiSecret}`)}`;
export const profilesUrl = `${sandbox.url}/v1/Stores/${sandbox.storeId}/Profiles`;
export const json = { Authorization: authorization, "Content-Type": "application/json" };
export const traits = { Contact: { email: "ada.reyes@example.com", city: "Oakland" } };

/** A `fetch` that returns one response to every request. */
export function returns(status: number, body: Body, headers: Record<string, string> = {}): typeof fetch {
  return async () =>
    new Response(body, {
      status,
      headers: { ...(body !== null && { "Content-Type": "application/json" }), ...headers },
    });
}
