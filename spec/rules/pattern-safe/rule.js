import { checkSync } from "recheck";

/** @import { Oas3Rule, Oas3_1Schema, UserContext } from "@redocly/openapi-core" */

// The other back ends are a JVM and native programs, which are not installed.
process.env.RECHECK_SYNC_BACKEND = "pure";

/**
 * Patterns run on what strangers send. One that backtracks stops a server with a short string, one without anchors lets
 * anything through, and one that a validator cannot compile may turn its whole schema off.
 *
 * @type {Oas3Rule}
 */
export const patternSafe = () => {
  /** @type {Map<string, string[]>} */
  const known = new Map();
  // What stands beside a $ref counts too, and only the visitor of $refs sees it.
  return { Schema: checkPatterns, ref: checkPatterns };

  /**
   * @param {Pick<Oas3_1Schema, "$ref" | "pattern" | "patternProperties">} schema
   * @param {UserContext} context
   */
  function checkPatterns({ pattern, patternProperties = {} }, { report, location, type }) {
    if (type.name !== "Schema") return;
    if (pattern !== undefined) check(pattern, location.child("pattern"));
    for (const key of Object.keys(patternProperties)) check(key, location.child(["patternProperties", key]).key());

    /**
     * @param {string} source
     * @param {import("@redocly/openapi-core").Location} place
     */
    function check(source, place) {
      const faults = known.get(source) ?? faultsOf(source);
      known.set(source, faults);
      for (const message of faults) report({ message, location: place });
    }
  }
};

/**
 * @param {string} source
 * @returns {string[]}
 */
function faultsOf(source) {
  try {
    new RegExp(source, "u");
  } catch {
    return [
      "Make this pattern compile with the flag u: escape only ^ $ \\ . * + ? ( ) [ ] { } | / and, in a class, -.",
    ];
  }
  return [anchorFault(source), backtrackingFault(source)].filter((fault) => fault !== undefined);
}

/** @param {string} source */
function anchorFault(source) {
  let skeleton = source.replaceAll(/\\./gsu, "_").replaceAll(/\[[^\]]*\]/gu, "_");
  for (let before = ""; before !== skeleton; ) {
    before = skeleton;
    skeleton = skeleton.replaceAll(/\([^()]*\)/gu, "_");
  }
  if (skeleton.startsWith("^") && skeleton.endsWith("$") && !skeleton.includes("|")) return undefined;
  return "Begin this pattern with ^ and end it with $, and put alternatives into a group: ^(?:a|b)$.";
}

/** @param {string} source */
function backtrackingFault(source) {
  const result = checkSync(source, "u");
  if (result.status === "safe") return undefined;
  const reason =
    result.status === "vulnerable" ? `it takes ${result.complexity.summary} time` : `recheck says ${result.error.kind}`;
  return `Rewrite this pattern so that only one part of it can match each character: ${reason}.`;
}
