import { jsonOf } from "../../http/exchange.ts";
import { createPerson, textTraits } from "../../scenarios/people.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";

/** The time of creation of a profile never changes. */
export const creationTime: Scenario = {
  name: "model/creation-time",
  isWriting: true,
  run: async (session) => {
    const { profileId, exchange } = await createPerson(session);
    const before = await createdAtOf(session, profileId);
    const [target] = textTraits(session, 1);
    const { traitGroup = "", traitName = "" } = target ?? {};
    const body = { traits: { [traitGroup]: { [traitName]: "later" } } };
    const patch = await session.send("patchProfileTraits", { path: { profileId }, body });
    const isPatched = await session.eventually(async () => {
      const { response } = await session.send("fetchProfile", { path: { profileId } });
      const value = Object(Object(Object(jsonOf(response)).traits)[traitGroup])[traitName];
      return value === "later" ? true : undefined;
    });
    const after = await createdAtOf(session, profileId);
    if (isPatched !== true || before === after) return;
    const expected = `createdAt ${before}`;
    const received = `createdAt ${after} after a patch`;
    const source = { kind: "contract", pointer: "/components/schemas/Profile" } as const;
    session.report({ code: "unrequested-change", operationId: "fetchProfile", expected, received, source }, [
      exchange,
      patch,
      ...session.exchanges.slice(-1),
    ]);
  },
};

async function createdAtOf(session: Session, profileId: string): Promise<unknown> {
  const { response } = await session.send("fetchProfile", { path: { profileId } });
  return Object(jsonOf(response)).createdAt;
}
