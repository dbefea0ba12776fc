import { type Bump, type ChangeInContext, containerOf } from "./reported-change.ts";

type Rated = Partial<ChangeInContext> & { bump: Bump };

const is = ({ typeName = "" }: Rated, types: RegExp) => types.test(typeName);
const concernsParameter = ({ path = "" }: Rated) => /\/parameters\//.test(path);
const isGone = ({ kind, property }: Rated) => kind === "removed" || property === "key";
const isUsedIn = ({ uses = [] }: Rated, direction: "request" | "response") =>
  uses.some((use) => use.direction === direction);
const isProperty = ({ path = "", typeName }: Rated) => typeName === "Schema" && containerOf({ path }) === "properties";

/** What a consumer must do about a change. The first match applies. */
const ACTIONS: readonly (readonly [action: string, applies: (change: Rated) => boolean])[] = [
  ["Nothing.", ({ bump }) => bump === "patch"],
  [
    "Stop using it before its sunset date.",
    ({ property, revision }) => property === "deprecated" && revision?.value === true,
  ],
  ["Nothing. To use what is new, regenerate the code.", ({ bump }) => bump === "minor"],
  [
    "If you rely on the old default, send the value.",
    ({ property, path = "" }) => property === "default" && !/\/servers\//.test(path),
  ],
  ["Stop calling it, or call its replacement.", (c) => is(c, /^(?:Operation|PathItem|Paths)$/) && c.kind === "removed"],
  ["Call the new path.", (c) => is(c, /^PathItem$/)],
  ["Use a server that the operation still has.", (c) => is(c, /^Server/)],
  ["Rename the call and its types.", ({ property }) => property === "operationId"],
  ["Do not retry it automatically.", ({ property }) => property === "x-repeatable"],
  ["Authenticate as the operation now requires.", (c) => is(c, /^Security/)],
  ["Rename the type, or stop using it.", (c) => /^#\/components\/schemas\/[^/]+$/.test(c.path ?? "") && isGone(c)],
  ["Stop sending the parameter.", (c) => is(c, /^Parameter(?:List)?$/) && isGone(c)],
  ["Send the parameter.", (c) => is(c, /^Parameter(?:List)?$/) && (c.kind === "added" || c.property === "required")],
  ["Update how you send the parameter.", (c) => is(c, /^Parameter/) || concernsParameter(c)],
  ["Stop sending a body.", (c) => is(c, /^RequestBody$/) && isGone(c)],
  ["Send a body.", (c) => is(c, /^RequestBody$/)],
  ["Remove code that handles the status.", (c) => is(c, /^Responses?$/) && isGone(c)],
  ["Handle the new status.", (c) => is(c, /^Responses?$/)],
  ["Stop reading the header.", (c) => is(c, /^Header(?:sMap)?$/) && isGone(c)],
  ["Handle a missing or different header.", (c) => is(c, /^Header/)],
  ["Stop sending and reading the property.", (c) => isProperty(c) && isGone(c)],
  [
    "Send the required properties.",
    (c) => c.property === "required" && isUsedIn(c, "request") && !isUsedIn(c, "response"),
  ],
  ["Handle objects without these properties.", (c) => c.property === "required" && !isUsedIn(c, "request")],
  ["Send only what the new contract accepts.", (c) => !isUsedIn(c, "response")],
  ["Handle every value that the new contract allows.", (c) => !isUsedIn(c, "request")],
];

/** Returns what a consumer must do about a change, in one sentence. */
export function actionFor(change: Rated): string {
  const [action] = ACTIONS.find(([, applies]) => applies(change)) ?? [];
  return action ?? "Send only what the new contract accepts, and handle every value that it allows.";
}
