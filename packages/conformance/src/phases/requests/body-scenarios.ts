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
/** In `quick`, a value that can be in any trait is sent in one trait of so many. */
const TRAIT_SHARE = 4;

/** Sends boundary values, values that break each rule, and random values as the body of an operation. `quick` sends a share of them. */
export function* bodyScenarios(
  id: OperationId,
  { contract, target, seed, profile }: PhaseContext,
): Generator<Scenario> {
  const declared = target.declaredTraits ?? DEFAULT_STORE_TRAITS;
  const scenario = (name: string, run: (trial: Trial) => Promise<void>): Scenario => {
    return { name: `requests/${id}/${name}`, isWriting: true, run: async (session) => run(await trialOf(session, id)) };
  };

  yield scenario("rules", tryRules);
  const { boundaries: all, valid, invalid } = bodyValues(contract, id, declared);
  const boundaries = profile === "quick" ? shareOfEachKeyword(id, all) : all;
  for (let at = 0; at < boundaries.length; at += CHUNK) {
    yield scenario(`boundaries/${at / CHUNK}`, async (trial) => {
      for (const { value, description, instancePath } of boundaries.slice(at, at + CHUNK)) {
        const tried = await tryGenerated(trial, value, `${description} at ${generalized(instancePath)}`);
        if (id === "createProfile") await expectStored(trial.session, tried);
      }
    });
  }

  const share = profile === "quick" && isImport(id) ? IMPORT_SHARE : 1;
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

/** Returns a share of the values of each keyword at each place, at least one, and every value that omits a required property. */
function shareOfEachKeyword(id: OperationId, values: readonly BoundaryValue[]): readonly BoundaryValue[] {
  const counts = new Map<string, number>();
  return values.filter(({ keyword, instancePath, valid, description }) => {
    const kind = [keyword, generalized(instancePath), valid, ...(isImport(id) ? [] : [description])].join(" ");
    const before = counts.get(kind) ?? 0;
    counts.set(kind, before + 1);
    return keyword === "required" || before % (isImport(id) ? IMPORT_SHARE : TRAIT_SHARE) === 0;
  });
}

function isImport(id: OperationId): boolean {
  return id === "createProfilesImportV2";
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
