import type { Bump, ChangeInContext } from "./reported-change.ts";

type Rated = Partial<ChangeInContext> & { bump: Bump };

const ACTIONS: readonly (readonly [action: string, applies: (change: Rated) => boolean])[] = [
  ["Nothing.", ({ bump }) => bump === "patch"],
  ["Nothing. Regenerate code to use what is new.", ({ bump }) => bump === "minor"],
  [
    "Stop calling it, or call its replacement.",
    ({ typeName, kind }) => /^(?:Operation|PathItem|Paths)$/.test(typeName ?? "") && kind === "removed",
  ],
  ["Build the new URL.", ({ typeName }) => /^(?:PathItem|Paths|Server.*)$/.test(typeName ?? "")],
  ["Rename the call.", ({ property }) => property === "operationId"],
  ["Do not retry it automatically.", ({ property }) => property === "x-repeatable"],
  ["Send the credentials that it asks for.", ({ typeName }) => /^Security/.test(typeName ?? "")],
  [
    "Update the parameter that you send.",
    ({ typeName, path }) => typeName?.startsWith("Parameter") === true || /\/parameters\//.test(path ?? ""),
  ],
  ["Send the body that it asks for.", ({ typeName }) => typeName === "RequestBody"],
  ["Handle the statuses that it now returns.", ({ typeName }) => /^Responses?$/.test(typeName ?? "")],
  ["Stop reading the header.", ({ typeName }) => /^Header/.test(typeName ?? "")],
  ["Rename the type.", ({ path }) => /^#\/components\/schemas\/[^/]+$/.test(path ?? "")],
];

/** Returns what a consumer must do about a change, in one sentence. */
export function actionFor(change: Rated): string {
  const [action] = ACTIONS.find(([, applies]) => applies(change)) ?? [];
  if (action !== undefined) return action;
  const directions = new Set(change.uses?.map(({ direction }) => direction));
  if (directions.has("request") && directions.has("response"))
    return "Send only what the new contract allows, and read everything that it allows.";
  return directions.has("request")
    ? "Send only what the new contract allows."
    : "Read everything that the new contract allows.";
}
