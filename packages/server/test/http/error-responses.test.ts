import fastify from "fastify";
import { describe, expect, it } from "vitest";
import { addErrorResponses } from "../../src/http/error-responses.ts";
import { Readiness } from "../../src/observation/readiness.ts";
import { unavailable } from "../../src/operations/api-error.ts";
import { responseFaults } from "../support/check-response.ts";
import { profilesOf } from "../support/requests.ts";
import { storeId } from "../support/settings-for-tests.ts";

const target = profilesOf(storeId);

describe("a response with status 503", () => {
  it.each<[retryAfterSeconds: number | undefined, header: string | undefined]>([
    [undefined, undefined],
    [3, "3"],
  ])("has the contract's Retry-After for %j seconds", async (seconds, header) => {
    const app = fastify();
    addErrorResponses(app, new Readiness(async () => {}), undefined);
    app.get("*", async () => {
      throw unavailable(seconds);
    });
    const { statusCode: status, headers, body } = await app.inject(target);
    expect(headers["retry-after"]).toBe(header);
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(responseFaults({ method: "GET", target, status, headers: sent, body })).toEqual([]);
  });
});
