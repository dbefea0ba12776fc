import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Contract } from "../../src/contract/contract.ts";
import { HttpConnection } from "../../src/http/http-connection.ts";
import { tryRandom } from "../../src/phases/requests/trial.ts";
import { Session } from "../../src/scenarios/session.ts";
import { ACCOUNT } from "../support/start-server.ts";

const connection = new HttpConnection();
afterAll(() => connection.close());
const session = new Session({
  contract: new Contract(),
  target: {
    baseUrl: "http://127.0.0.1:1",
    account: ACCOUNT,
    isImmediate: true,
    eventualWithinMs: 0,
    isReadOnly: false,
  },
  connection,
  identity: "try-random",
  onExchange: () => {},
});

describe("random values", () => {
  it("are made smaller a limited number of times, since each takes time even if it is not sent", async () => {
    let generated = 0;
    const values = fc.array(fc.nat(), { minLength: 500, maxLength: 2000, size: "max" }).map((value) => {
      generated++;
      return value;
    });
    const trial = { session, id: "createProfile", call: {}, setup: [] } as const;
    await tryRandom(trial, values, { seed: 1, runs: 3 }, async () =>
      session.report({
        code: "server-error",
        expected: "a status below 500",
        received: "status 500",
        source: { kind: "contract", pointer: "/info" },
      }),
    );
    expect(session.violations).toHaveLength(1);
    expect(generated).toBeLessThan(60);
  });
});
