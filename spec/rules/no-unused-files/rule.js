import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** @import { Oas3Rule } from "@redocly/openapi-core" */

/**
 * A path or a component that nothing leads to is not in the contract, yet whoever reads the tree takes it for a part.
 * Redocly's own rule looks only at the components that the root lists.
 *
 * @type {Oas3Rule}
 */
export const noUnusedFiles = () => {
  /** @type {Set<string>} */
  const reached = new Set();
  return {
    ref({ $ref }, { location }) {
      reached.add(resolve(dirname(location.source.absoluteRef), $ref.replace(/#.*/, "")));
    },
    Root: {
      leave(_, { report, location }) {
        const root = dirname(location.source.absoluteRef);
        for (const file of ["components", "paths"].flatMap((folder) => filesIn(join(root, folder)))) {
          if (reached.has(file)) continue;
          report({ message: `Remove ${relative(root, file)}, or let a $ref lead to it.` });
        }
      },
    },
  };
};

/** @param {string} folder */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
