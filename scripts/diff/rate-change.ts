export type Bump = "patch" | "minor" | "major";

/** One change as `redocly diff --format=json` tells it, version 1 of the report. */
export interface ReportedChange {
  /** JSON pointer with every reference followed. */
  path: string;
  typeName: string;
  kind: "added" | "removed" | "modified";
  impact: Bump;
  verdicts: { ruleId: string; message: string }[];
  /** The keyword that was modified, or `key` where the thing was renamed. */
  property?: string;
  base?: { pointer: string; value?: unknown };
  revision?: { pointer: string; value?: unknown };
}

export interface Rating {
  bump: Bump;
  why: string;
}

const PROSE_TYPES = new Set(["Info", "Contact", "License", "Tag", "ExternalDocs", "Example"]);
const PROSE = new Set(["title", "summary", "description", "tags", "example", "examples"]);

const isProse = ({ typeName, property = "" }: ReportedChange) => PROSE_TYPES.has(typeName) || PROSE.has(property);
const isNew = ({ property = "", revision }: ReportedChange, name: string) =>
  property === name && revision?.value === true;
const isLost = ({ property = "", base }: ReportedChange, name: string) => property === name && base?.value === true;

/** What `redocly diff` leaves at patch although a program notices it. The first that applies counts. */
const UNDERRATED: readonly [bump: Bump, why: string, applies: (change: ReportedChange) => boolean][] = [
  ["major", "Types are named after schemas.", (c) => /^#\/components\/schemas\/[^/]+$/.test(c.path) && isGone(c)],
  ["major", "Clients know the parameters of a path by name.", (c) => c.typeName === "PathItem" && isGone(c)],
  ["major", "Clients know a parameter by its name.", (c) => c.typeName === "Parameter" && c.property === "name"],
  ["major", "Whoever leaves it out gets something else.", (c) => c.property === "default"],
  ["major", "Whoever sends or reads it may not any more.", (c) => isNew(c, "readOnly") || isNew(c, "writeOnly")],
  ["major", "Whoever relies on the header may miss it.", (c) => c.typeName === "Header" && isLost(c, "required")],
  ["major", "Whoever has no default branch breaks on a new value.", (c) => isNew(c, "x-extensible-enum")],
  ["major", "Whoever repeats the request does it twice.", (c) => isLost(c, "x-repeatable")],
  ["minor", "A program may notice it, and none breaks.", (c) => c.kind === "modified" && !isProse(c)],
];

/**
 * Says which bump a change of the contract needs: what `redocly diff` says, except where it knows too little.
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
      ? { bump: "minor", why: `${why} Its consumers expect that.` }
      : { bump: impact, why };
  }
  const what = property === undefined ? `${typeName} was ${kind}.` : `\`${property}\` changed.`;
  const underrated = impact === "patch" ? UNDERRATED.find(([, , applies]) => applies(change)) : undefined;
  if (underrated === undefined) return { bump: impact, why: what };
  const [bump, why] = underrated;
  return { bump, why: `${what} ${why}` };
}

/** Removed, or renamed, which the report calls a modified key. */
function isGone({ kind, property }: ReportedChange): boolean {
  return kind === "removed" || property === "key";
}
