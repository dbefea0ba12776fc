import { jsonOf } from "../../http/exchange.ts";
import type { Phase, Scenario } from "../../scenarios/scenario.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";

const READS = ["listProfiles", "listProfileImportsV2"] as const;

/** The simplest valid request of each operation that needs no profile, and one profile. */
export const smoke: Phase = {
  name: "smoke",
  title: "Simple requests",
  concurrency: 1,
  scenarios: () => [...READS.map(readScenario), profileScenario],
};

function readScenario(id: (typeof READS)[number]): Scenario {
  return {
    name: `smoke/${id}`,
    isWriting: false,
    run: async (session) => {
      const exchange = await session.send(id);
      const source = { kind: "contract", pointer: session.contract.operation(id).pointer } as const;
      session.expectStatus("valid-request-rejected", id, exchange, [200], source);
    },
  };
}

const profileScenario: Scenario = {
  name: "smoke/profile",
  isWriting: true,
  run: async (session) => {
    const profileId = await createProfile(session);
    const found = await session.eventually(async () => {
      const exchange = await session.send("fetchProfile", { path: { profileId } });
      return exchange.response.status === 404 ? undefined : exchange;
    });
    if (found?.response.status === 200) return;
    session.fail({
      code: "valid-request-rejected",
      operationId: "fetchProfile",
      expected: "status 200 for a profile that was created",
      received: found === undefined ? "status 404" : describeResponse(found),
      source: { kind: "contract", pointer: session.contract.operation("fetchProfile").pointer },
    });
  },
};

/** Creates a profile of a new person. Ends the scenario if that is rejected. */
async function createProfile(session: Session): Promise<string> {
  const { email } = session.person();
  const exchange = await session.send("createProfile", { body: { traits: { Contact: { email } } } });
  const source = { kind: "contract", pointer: session.contract.operation("createProfile").pointer } as const;
  session.expectStatus("valid-request-rejected", "createProfile", exchange, [202], source);
  return String(Object(jsonOf(exchange.response)).id);
}
