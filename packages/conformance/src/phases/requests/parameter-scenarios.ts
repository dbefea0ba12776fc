import { boundaryValues, invalidArbitrary, type JsonValue, schemaArbitrary } from "@memory-api/json-schema-arbitrary";
import type { OperationId } from "@memory-api/types";
import fc from "fast-check";
import type { OpenAPIV3_1 } from "openapi-types";
import { judgeParameter, schemaOf } from "../../contract/judge-parameter.ts";
import { simpleCall } from "../../scenarios/calls.ts";
import { expectRejection, sendUnusual } from "../../scenarios/rejections.ts";
import type { PhaseContext, Scenario } from "../../scenarios/scenario.ts";
import { expectAcceptance, type Trial, tryRandom } from "./trial.ts";

const RANDOM_RUNS = { quick: 30, full: 300, soak: 3000 } as const;
/** The codes of a request that names a resource that does not exist. */
const UNKNOWN_CODES: Readonly<Record<string, number>> = { storeId: 520041, profileId: 20404, importId: 20404 };

/** Sends boundary values and random values in each parameter of an operation. */
export function* parameterScenarios(id: OperationId, { contract, seed, profile }: PhaseContext): Generator<Scenario> {
  const { parameters } = contract.operation(id);
  const namesResource = parameters.some(({ name }) => name === "profileId" || name === "importId");
  for (const parameter of parameters) {
    const { name, in: location } = parameter;
    if (location !== "path" && location !== "query") {
      throw new Error(`The kit has no values for the parameter ${name} of ${id}, which is in the ${location}.`);
    }
    const { pointer } = schemaOf(contract, parameter);
    const schema = { $ref: `#${pointer}` };
    const options = { root: contract.document };
    const texts = new Set([...boundaryValues(schema, options)].map(({ value }) => textOf(value)));
    yield {
      name: `requests/${id}/${location}/${name}`,
      // A read of one resource needs one that exists.
      isWriting: contract.operation(id).method !== "GET" || namesResource,
      run: async (session) => {
        const trial = { session, id, call: await simpleCall(session, id), setup: [...session.exchanges].slice(0, 1) };
        for (const text of texts) await tryParameter(trial, parameter, text);
        const values = fc.oneof(
          schemaArbitrary(schema, options),
          invalidArbitrary(schema, options).map(({ value }) => value),
        );
        const runs = RANDOM_RUNS[profile];
        await tryRandom(trial, values, { seed, runs }, (value) => tryParameter(trial, parameter, textOf(value)));
      },
    };
  }
}

async function tryParameter(trial: Trial, parameter: OpenAPIV3_1.ParameterObject, text: string): Promise<void> {
  const { session, id, call } = trial;
  const { name } = parameter;
  const isPath = parameter.in === "path";
  // Half of a surrogate pair has no percent-encoding.
  if (/\p{Cs}/u.test(text) || (isPath && !isPathSegment(text))) return;
  const changed = isPath ? { ...call, path: { ...call.path, [name]: text } } : { ...call, query: { [name]: text } };
  const exchange = await sendUnusual(session, session.requestOf(id, changed), name, id);
  const judgement = judgeParameter(session.contract, parameter, text);
  if (judgement === "open") return;
  const { pointer } = session.contract.operation(id);
  const source = { kind: "contract", pointer } as const;
  const because = `the value ${JSON.stringify(text).slice(0, 100)}`;
  if (judgement === "invalid") {
    // A router may reject a path before it looks at the parameter.
    const isRoutable = !isPath || /^[\w.~-]*$/.test(text);
    const codes = [name === "storeId" ? 520049 : 400];
    const statuses = isRoutable ? [400] : [400, 404];
    const rejection = { operationId: id, subject: name, because, statuses, source, ...(isRoutable && { codes }) };
    expectRejection(session, exchange, { ...rejection, ifAccepted: "invalid-request-accepted" }, [
      ...trial.setup,
      exchange,
    ]);
  } else if (isPath) {
    // Nothing has a random ID, except for the store of another account.
    const statuses = name === "storeId" ? [404, 403] : [404];
    const codes = [UNKNOWN_CODES[name] ?? 0, ...(name === "storeId" ? [403] : [])];
    const isOwn = text === session.target.account.storeId || text === call.path?.[name];
    const rejection = { operationId: id, subject: name, because, statuses, codes, source };
    if (!isOwn)
      expectRejection(session, exchange, {
        ...rejection,
        ifAccepted: "invalid-request-accepted",
        ifOther: "valid-request-rejected",
      });
  } else {
    expectAcceptance(session, id, exchange, `${name} ${because}`, trial.setup);
  }
}

/** Whether a text reaches the service as one segment of a path that is not the name of a literal path. */
function isPathSegment(text: string): boolean {
  return text !== "" && !text.includes("/") && !/^\.{1,2}$/.test(text) && !/^[A-Z][a-z]+$/.test(text);
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
