export type Bump = "patch" | "minor" | "major";

/** A change as `redocly diff --format=json` reports it (report version 1). */
export interface ReportedChange {
  /** JSON pointer in which every reference is resolved. */
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
const isNew = ({ property = "", revision }: ReportedChange, name: string) =>
  property === name && revision?.value === true;
const isLost = ({ property = "", base }: ReportedChange, name: string) => property === name && base?.value === true;

/** Changes that `redocly diff` rates as patch although programs notice them. The first match applies. */
const UNDERRATED: readonly [bump: Bump, why: string, applies: (change: ReportedChange) => boolean][] = [
  ["major", "Types are named after schemas.", (c) => /^#\/components\/schemas\/[^/]+$/.test(c.path) && isGone(c)],
  ["major", "Clients refer to path parameters by name.", (c) => c.typeName === "PathItem" && isGone(c)],
  ["major", "Clients refer to parameters by name.", (c) => c.typeName === "Parameter" && c.property === "name"],
  ["major", "Callers that omit it get a different result.", (c) => c.property === "default"],
  ["major", "Callers may no longer send or read it.", (c) => isNew(c, "readOnly") || isNew(c, "writeOnly")],
  ["major", "Callers may rely on the header.", (c) => c.typeName === "Header" && isLost(c, "required")],
  ["major", "Callers without a default branch break on a new value.", (c) => isNew(c, "x-extensible-enum")],
  ["major", "Callers that retry may perform the operation twice.", (c) => isLost(c, "x-repeatable")],
  ["minor", "Programs may notice it, but none breaks.", (c) => c.kind === "modified" && !isProse(c)],
];

/**
 * Returns the version bump that a change of the contract needs: the rating of `redocly diff`, corrected where it is too low.
 *
 * @param change as reported
 * @param isExtensible whether the changed schema carries `x-extensible-enum: true`, before and after
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

/** Removed, or renamed, which the report shows as a modified key. */
function isGone({ kind, property }: ReportedChange): boolean {
  return kind === "removed" || property === "key";
}
