import { type Node, resolve, tokensOf, valueAt } from "./contract-nodes.ts";
import { type Bump, type ChangeInContext, containerOf, isComponent, isUsedIn, keyOf } from "./reported-change.ts";
import { schemaEffect } from "./schema-effect.ts";

export interface Rating {
  bump: Bump;
  why: string;
}

type Rule = readonly [bump: Bump, why: string, applies: (change: ChangeInContext) => boolean];

const PROSE_TYPES = /^(?:Info|Contact|License|Logo|Tag|TagGroups?|TagList|ExternalDocs|Example|ExamplesMap)$/;
const PROSE =
  /^(?:title|summary|description|x-decision|tags|example|examples|\$comment|termsOfService|externalDocs|bearerFormat)$/;

const is =
  (typeName: string, ...kinds: ChangeInContext["kind"][]) =>
  (change: ChangeInContext) =>
    change.typeName === typeName && (kinds.length === 0 || kinds.includes(change.kind));
const was = (change: ChangeInContext, property: string, value: unknown) =>
  change.property === property && change.base?.value === value;
const becomes = (change: ChangeInContext, property: string, value: unknown) =>
  change.property === property && change.revision?.value === value;
const isRenamed = ({ property }: ChangeInContext) => property === "key";
const isGone = (change: ChangeInContext) => change.kind === "removed" || isRenamed(change);
const isRequest = (change: ChangeInContext) => isUsedIn(change, "request");
const isResponse = (change: ChangeInContext) => isUsedIn(change, "response");
const inParameter = ({ path }: ChangeInContext) => /\/parameters\/[^/]+\/content$/.test(path);

/**
 * Our policy where it differs from the rules of `redocly diff`, which rate few changes of whole nodes. The first match replaces
 * their rating. docs/versioning.md states the policy.
 */
const POLICY: readonly Rule[] = [
  ["patch", "Programs do not depend on it.", isProse],
  [
    "patch",
    "The meaning is the same.",
    (c) => c.property === "openapi" && minorVersion(c.base) === minorVersion(c.revision),
  ],
  ["major", "Tools for the earlier version of OpenAPI may reject it.", (c) => c.property === "openapi"],
  ["major", "Validators interpret every schema differently.", (c) => c.property === "jsonSchemaDialect"],

  // Names
  ["minor", "The types have a new name.", (c) => isComponentSchema(c) && c.kind === "added"],
  ["major", "Types are named after schemas.", (c) => isComponentSchema(c) && isGone(c)],
  [
    "patch",
    "Only the contract itself uses this name.",
    (c) => isComponent(c) && c.typeName !== "SecurityScheme" && (c.kind !== "modified" || isRenamed(c)),
  ],
  ["major", "Clients refer to path parameters by name.", (c) => is("PathItem")(c) && isRenamed(c)],
  ["patch", "Names of headers are not case-sensitive.", isOtherCase],

  // Hosts and security
  ["major", "Callers of this host must use another one.", (c) => is("ServerList", "removed")(c)],
  [
    "major",
    "The operation no longer uses the host of the other operations.",
    (c) => is("ServerList", "added")(c) && c.path !== "#/servers",
  ],
  ["major", "Without servers, callers used the host of the document.", is("ServerList", "added")],
  [
    "major",
    "URLs with the removed values no longer exist.",
    (c) => is("ServerVariable")(c) && c.property === "enum" && losesValues(c),
  ],
  [
    "major",
    "Callers no longer know how to authenticate.",
    (c) => is("SecurityRequirementList", "removed")(c) && hasItems(c.base),
  ],

  [
    "major",
    "Callers must get their tokens in another way.",
    ({ base, path }) => /^#\/components\/securitySchemes\/[^/]+\/flows/.test(path) && base?.value !== undefined,
  ],

  // Parameters and bodies
  ["major", "Requests without a body are rejected.", (c) => is("RequestBody", "added")(c) && requiredBody(c)],
  ["major", "The parameter is serialized differently.", (c) => is("MediaTypesMap")(c) && inParameter(c)],
  ["minor", "Callers may send an empty value.", (c) => is("Parameter")(c) && becomes(c, "allowEmptyValue", true)],
  [
    "major",
    "Callers must serialize this part of the body differently.",
    (c) => /^Encoding/.test(c.typeName) && isRequest(c),
  ],
  ["major", "Callers that omit the value get a different result.", (c) => c.property === "default"],

  // Responses
  ["major", "The type of a successful result becomes a union.", isSecondSuccess],
  ["major", "Callers may rely on the header.", (c) => is("Header")(c) && was(c, "required", true)],
  [
    "major",
    "The header is serialized differently.",
    (c) => is("Header")(c) && /^(?:style|explode)$/.test(c.property ?? ""),
  ],

  // Schemas
  [
    "major",
    "The text is encoded differently.",
    ({ property = "" }) => /^content(?:Encoding|MediaType)$/.test(property),
  ],
  [
    "major",
    "Callers can no longer send or read it.",
    (c) => becomes(c, "readOnly", true) || becomes(c, "writeOnly", true),
  ],
  [
    "major",
    "Callers send or read the property by its name.",
    (c) => is("Schema")(c) && containerOf(c) === "properties" && isGone(c),
  ],
  ["major", "Callers send or read these properties.", is("SchemaProperties", "removed")],
  ["minor", "The enum is open, so consumers expect new values.", isGrowthOfOpenEnum],
  [
    "major",
    "Callers without a default branch break on a new value.",
    (c) => becomes(c, "x-extensible-enum", true) && isResponse(c),
  ],
  [
    "major",
    "Consumers use it to distinguish the variants.",
    (c) => /^Discriminator/.test(c.typeName) && c.kind !== "added",
  ],
  ["major", "Requests must contain the name of the variant.", (c) => is("Discriminator", "added")(c) && isRequest(c)],

  // Operations
  ["major", "Clients that retry may perform the operation twice.", (c) => was(c, "x-repeatable", true)],
];

/** Returns the version bump that a change of the contract needs by our policy, and the reason. */
export function rateChange(change: ChangeInContext): Rating {
  const what = change.verdicts.map(({ message }) => message).join(" ") || describe(change);
  const rule = POLICY.find(([, , applies]) => applies(change));
  if (rule !== undefined) return { bump: rule[0], why: `${what} ${rule[1]}` };

  const effect = schemaEffect(change);
  if (effect === "same") return { bump: "patch", why: `${what} The same values are allowed.` };
  if (effect !== undefined) return rateEffect(change, effect, what);
  // A rule of Redocly found something. Without one, it rates what is new as a minor, and all else as a patch.
  if (change.verdicts.length > 0) return { bump: change.impact, why: what };
  return { bump: "minor", why: `${what} Existing programs keep working.` };
}

function rateEffect(change: ChangeInContext, effect: "narrower" | "wider" | "unknown", what: string): Rating {
  if (effect !== "wider" && isRequest(change))
    return { bump: "major", why: `${what} Requests that were valid may be rejected.` };
  if (effect !== "narrower" && isResponse(change))
    return { bump: "major", why: `${what} Responses may have values that consumers do not expect.` };
  return { bump: "minor", why: `${what} Existing programs keep working.` };
}

function describe({ kind, property, typeName, path }: ChangeInContext): string {
  if (property === "key") return `${typeName} was renamed.`;
  if (property !== undefined) return `\`${property}\` changed.`;
  const name = tokensOf(path).at(-1) ?? "";
  return name === "" || /^\d+$/.test(name) ? `${typeName} was ${kind}.` : `${typeName} \`${name}\` was ${kind}.`;
}

function isProse(change: ChangeInContext): boolean {
  const { property = "", typeName } = change;
  return PROSE_TYPES.test(typeName) || PROSE.test(property);
}

function isComponentSchema({ base, path, revision, typeName }: ChangeInContext): boolean {
  if (typeName === "Components") return "schemas" in Object((base ?? revision)?.value);
  return typeName === "NamedSchemas" || /^#\/components\/schemas\/[^/]+$/.test(path);
}

function isOtherCase(change: ChangeInContext): boolean {
  const { base, property, revision, typeName } = change;
  const isName =
    (typeName === "Header" && property === "key") ||
    (typeName === "Parameter" && property === "name" && isHeaderParameter(change));
  return isName && String(base?.value).toLowerCase() === String(revision?.value).toLowerCase();
}

function isHeaderParameter({ uses }: ChangeInContext): boolean {
  return uses.some(({ parameter }) => parameter?.startsWith("header/"));
}

function losesValues({ base, revision }: ChangeInContext): boolean {
  if (!Array.isArray(revision?.value)) return false;
  const values: unknown[] = revision.value;
  return !Array.isArray(base?.value) || base.value.some((value) => !values.includes(value));
}

function hasItems(side: ChangeInContext["base"]): boolean {
  return Array.isArray(side?.value) && side.value.length > 0;
}

function requiredBody({ after, revision }: ChangeInContext): boolean {
  const body = valueAt(after, revision?.pointer ?? "");
  return resolve(after, Object(body)).node["required"] === true;
}

/** A new 2xx status beside another one. */
function isSecondSuccess(change: ChangeInContext): boolean {
  const { base, before, kind, path, revision, typeName } = change;
  if (typeName !== "Response" || kind !== "added" || isComponent(change) || !/^2/.test(keyOf(change))) return false;
  const pointer = (base ?? revision)?.pointer ?? path;
  const responses: unknown = valueAt(before, pointer.slice(0, pointer.lastIndexOf("/")));
  return Object.keys(Object(responses)).some((status) => /^2/.test(status));
}

function isGrowthOfOpenEnum(change: ChangeInContext): boolean {
  const { after, base, before, property, revision, verdicts } = change;
  const isOpen = (document: Node, side: ChangeInContext["base"]) =>
    Object(valueAt(document, side?.pointer.replace(/\/enum$/, "") ?? ""))["x-extensible-enum"] === true;
  if (property !== "enum" || !isOpen(before, base) || !isOpen(after, revision)) return false;
  return (
    verdicts.length > 0 &&
    verdicts.every(({ ruleId }) => ruleId === "enum-values-added") &&
    revision?.value !== undefined
  );
}

function minorVersion(side: ChangeInContext["base"]): string {
  return String(side?.value).split(".").slice(0, 2).join(".");
}
