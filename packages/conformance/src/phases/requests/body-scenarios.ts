import type { BoundaryValue, JsonValue } from "@memory-api/json-schema-arbitrary";
import type { OperationId } from "@memory-api/types";
import { DEFAULT_STORE_TRAITS } from "../../contract/declared-traits.ts";
import { generalized } from "../../contract/judge-body.ts";
import { jsonOf } from "../../http/exchange.ts";
import { simpleCall } from "../../scenarios/calls.ts";
import { isInconclusive } from "../../scenarios/rejections.ts";
import type { PhaseContext, Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";
import { bodyValues } from "./body-values.ts";
import { expectStored } from "./effects.ts";
import { INVALID_ITEM, ruleBreakers } from "./rule-breakers.ts";
import { type Trial, tryBody, tryGenerated, tryRandom } from "./trial.ts";

/** Requests of one scenario. */
const CHUNK = 25;
/** Scenarios of random values, for each operation and kind. */
const RANDOM_CHUNKS = { quick: 12, full: 100, soak: 1000 } as const;
/** Services limit the rate of imports far more than that of other requests. In `quick`, only one value in so many is sent. */
const IMPORT_SHARE = 6;
/** Values of a wrong type are more than all others, and most differ only in the trait. In `quick`, only one in so many is sent. */
const TYPE_SHARE = 4;

/** Sends all boundary values, values that break each rule, and random values as the body of an operation. */
export function* bodyScenarios(
  id: OperationId,
  { contract, target, seed, profile }: PhaseContext,
): Generator<Scenario> {
  const declared = target.declaredTraits ?? DEFAULT_STORE_TRAITS;
  const scenario = (name: string, run: (trial: Trial) => Promise<void>): Scenario => {
    return { name: `requests/${id}/${name}`, isWriting: true, run: async (session) => run(await trialOf(session, id)) };
  };

  yield scenario("rules", tryRules);
  const share = id === "createProfilesImportV2" && profile === "quick" ? IMPORT_SHARE : 1;
  const { boundaries: all, valid, invalid } = bodyValues(contract, id, declared);
  const typeShare = profile === "quick" ? Math.max(share, TYPE_SHARE) : 1;
  const boundaries = shareOfEachKeyword(all, (keyword) => (keyword === "type" ? typeShare : share));
  for (let at = 0; at < boundaries.length; at += CHUNK) {
    yield scenario(`boundaries/${at / CHUNK}`, async (trial) => {
      for (const { value, description, instancePath } of boundaries.slice(at, at + CHUNK)) {
        const tried = await tryGenerated(trial, value, `${description} at ${generalized(instancePath)}`);
        if (id === "createProfile") await expectStored(trial.session, tried);
      }
    });
  }

  for (let at = 0; at < RANDOM_CHUNKS[profile] / share; at++) {
    const random = (kind: string, tryValue: (trial: Trial, value: JsonValue) => Promise<void>, values: typeof valid) =>
      scenario(`${kind}/${at}`, (trial) =>
        tryRandom(trial, values, { seed: seed + at, runs: CHUNK }, (value) => tryValue(trial, value)),
      );
    yield random("random-valid", tryValid, valid);
    yield random(
      "random-invalid",
      async (trial, value) => void (await tryGenerated(trial, value, "a random invalid body")),
      invalid,
    );
  }
}

/** One in so many values of each keyword at each place, and at least one; every value that omits a required property. */
function shareOfEachKeyword(
  values: readonly BoundaryValue[],
  shareOf: (keyword: string) => number,
): readonly BoundaryValue[] {
  const counts = new Map<string, number>();
  return values.filter(({ keyword, instancePath, valid }) => {
    const kind = `${keyword} ${generalized(instancePath)} ${valid}`;
    const before = counts.get(kind) ?? 0;
    counts.set(kind, before + 1);
    return keyword === "required" || before % shareOf(keyword) === 0;
  });
}

async function tryValid(trial: Trial, value: JsonValue): Promise<void> {
  const tried = await tryGenerated(trial, value, "a random valid body");
  if (trial.id === "createProfile") await expectStored(trial.session, tried);
}

async function trialOf(session: Session, id: OperationId): Promise<Trial> {
  const call = await simpleCall(session, id);
  return { session, id, call, setup: [...session.exchanges].slice(0, 1) };
}

async function tryRules(trial: Trial): Promise<void> {
  const { session, id } = trial;
  for (const [rule, bodies] of Object.entries(ruleBreakers(session, id))) {
    for (const body of bodies) {
      const { exchange } = (await tryBody(trial, body, rule)) ?? {};
      const isItem = id === "updateProfilesBulk" && rule !== "empty-batch";
      if (!isItem || exchange === undefined || isInconclusive(exchange) || exchange.response.status !== 400) continue;
      const { message } = Object(jsonOf(exchange.response));
      if (new RegExp(`\\b${INVALID_ITEM}\\b`).test(String(message))) continue;
      const { pointer } = session.contract.operation(id);
      const violation = { code: "unspecific-error-message", operationId: id, subject: "the index of an item" };
      const expected = `a message that names the index ${INVALID_ITEM}`;
      session.report(
        {
          ...violation,
          expected,
          received: String(message),
          source: { kind: "contract", pointer: `${pointer}/description` },
        },
        [exchange],
      );
    }
  }
}
