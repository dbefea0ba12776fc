import type { OperationId } from "@memory-api/types";
import type { Contract } from "../../contract/contract.ts";
import { callOfNothing, UNKNOWN_IDS } from "../../scenarios/calls.ts";
import { expectRejection, sendUnusual } from "../../scenarios/rejections.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";

const DESCRIPTION = { kind: "contract", pointer: "/info/description" } as const;

/** Malformed IDs, made from a well-formed one. */
const MALFORMED: Readonly<Record<string, (id: string) => string>> = {
  "one character less": (id) => id.slice(0, -1),
  "one character more": (id) => `${id}z`,
  "a capital letter": (id) => `${id.slice(0, -1)}Z`,
  "a time beyond 2^48": (id) => id.replace(/_7(?=\w+$)/, "_8"),
  "a prefix in capital letters": (id) => id.replace(/^[a-z]+/, (prefix) => prefix.toUpperCase()),
  "another prefix": (id) => id.replace(/_[a-z]+_/, "_other_"),
  "no prefix": (id) => id.replace(/^\w+_/, ""),
  "a hyphen": (id) => `${id.slice(0, -1)}-`,
  "a space at the end": (id) => `${id} `,
  "a line break at the end": (id) => `${id}\n`,
  "a space at the beginning": (id) => ` ${id}`,
  "a digit of another script": (id) => `${id.slice(0, -1)}٣`,
  "two IDs": (id) => `${id},${id}`,
};

/** Sends malformed IDs, and well-formed ones of nothing, in each path parameter of an operation. */
export function identifierScenarios(contract: Contract, id: OperationId): readonly Scenario[] {
  const isWriting = contract.operation(id).method !== "GET";
  const parameters = contract.operation(id).parameters.filter((parameter) => parameter.in === "path");
  return [
    ...parameters.map(({ name }): Scenario => {
      return {
        name: `authentication/${id}/malformed/${name}`,
        isWriting,
        run: (session) => malformed(session, id, name),
      };
    }),
    { name: `authentication/${id}/unknown`, isWriting, run: (session) => unknown(session, id) },
  ];
}

async function malformed(session: Session, id: OperationId, name: string): Promise<void> {
  const wellFormed = UNKNOWN_IDS[name] ?? "";
  for (const [what, alter] of Object.entries(MALFORMED)) {
    const call = callOfNothing(session, id);
    const request = session.requestOf(id, { ...call, path: { ...call.path, [name]: alter(wellFormed) } });
    const because = `${name} with ${what}`;
    const exchange = await sendUnusual(session, request, because, id);
    const codes = [name === "storeId" ? 520049 : 400];
    const rejection = { operationId: id, subject: name, because, statuses: [400], codes, source: DESCRIPTION };
    expectRejection(session, exchange, { ...rejection, ifAccepted: "invalid-request-accepted" });
  }
}

async function unknown(session: Session, id: OperationId): Promise<void> {
  const call = callOfNothing(session, id);
  const path = { ...call.path, storeId: UNKNOWN_IDS["storeId"] ?? "" };
  const noStore = await session.send(id, { ...call, path });
  const rejection = { operationId: id, statuses: [404], source: DESCRIPTION, ifAccepted: "invalid-request-accepted" };
  expectRejection(session, noStore, { ...rejection, subject: "a store that does not exist", codes: [520041] });
  const [name] = Object.keys(call.path ?? {});
  if (name === undefined) return;
  const nothing = await session.send(id, call);
  expectRejection(session, nothing, { ...rejection, subject: `${name} of nothing`, codes: [20404] });
}
