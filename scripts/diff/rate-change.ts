export type Bump = "patch" | "minor" | "major";

/** A change in the report of `redocly diff --format=json`, version 1. */
export interface ReportedChange {
  /** JSON pointer, with all references resolved. */
  path: string;
  typeName: string;
  kind: "added" | "removed" | "modified";
  impact: Bump;
  verdicts: { ruleId: string; message: string }[];
  /** The modified keyword, or `key` if the node was renamed. */
  property?: string;
  base?: { pointer: string; value?: unknown };
  revision?: { pointer: string; value?: unknown };
}

export interface Rating {
  bump: Bump;
  why: string;
}

const PROSE_TYPES = new Set(["Info", "Contact", "License", "Tag", "ExternalDocs", "Example"]);
const PROSE = new Set(["title", "summary", "description", "x-decision", "tags", "example", "examples"]);

const isProse = ({ typeName, property = "" }: ReportedChange) => PROSE_TYPES.has(typeName) || PROSE.has(property);
const becomesTrue = ({ property = "", revision }: ReportedChange, name: string) =>
  property === name && revision?.value === true;
const wasTrue = ({ property = "", base }: ReportedChange, name: string) => property === name && base?.value === true;

/** Changes that `redocly diff` rates as a patch although programs can notice them. The first match applies. */
const UNDERRATED: readonly [bump: Bump, why: string, applies: (change: ReportedChange) => boolean][] = [
  ["major", "Types are named after schemas.", (c) => /^#\/components\/schemas\/[^/]+$/.test(c.path) && isGone(c)],
  ["major", "Clients refer to path parameters by name.", (c) => c.typeName === "PathItem" && isGone(c)],
  ["major", "Clients refer to parameters by name.", (c) => c.typeName === "Parameter" && c.property === "name"],
  ["major", "Callers that omit it get a different result.", (c) => c.property === "default"],
  ["major", "Callers may no longer send or read it.", (c) => becomesTrue(c, "readOnly") || becomesTrue(c, "writeOnly")],
  ["major", "Callers may rely on the header.", (c) => c.typeName === "Header" && wasTrue(c, "required")],
  ["major", "Callers without a default branch break on a new value.", (c) => becomesTrue(c, "x-extensible-enum")],
  ["major", "Callers that retry may perform the operation twice.", (c) => wasTrue(c, "x-repeatable")],
  ["minor", "Programs may notice the change, but do not break.", (c) => c.kind === "modified" && !isProse(c)],
];

/**
 * Returns the version bump that a change of the contract needs: the rating of `redocly diff`, raised if it is too low.
 *
 * @param isExtensible whether the changed schema has `x-extensible-enum: true`, before and after the change
 */
export function rateChange(change: ReportedChange, isExtensible: boolean): Rating {
  const { impact, kind, property, typeName, verdicts } = change;
  if (verdicts.length > 0) {
    const why = verdicts.map(({ message }) => message).join(" ");
    const onlyGains = verdicts.every(({ ruleId }) => ruleId === "enum-values-added");
    return isExtensible && onlyGains
      ? { bump: "minor", why: `${why} Consumers expect new values.` }
      : { bump: impact, why };
  }
  const what = property === undefined ? `${typeName} was ${kind}.` : `\`${property}\` changed.`;
  const underrated = impact === "patch" ? UNDERRATED.find(([, , applies]) => applies(change)) : undefined;
  if (underrated === undefined) return { bump: impact, why: what };
  const [bump, why] = underrated;
  return { bump, why: `${what} ${why}` };
}

/** Removed or renamed. The report contains a renamed node as a modified `key`. */
function isGone({ kind, property }: ReportedChange): boolean {
  return kind === "removed" || property === "key";
}
