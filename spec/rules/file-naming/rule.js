import { dirname, relative, resolve, sep } from "node:path";

/** @import { Oas3Rule } from "@redocly/openapi-core" */

const components = new Map([
  ["Example", "examples"],
  ["Header", "headers"],
  ["Link", "links"],
  ["Parameter", "parameters"],
  ["RequestBody", "requestBodies"],
  ["Response", "responses"],
  ["Schema", "schemas"],
  ["SecurityScheme", "securitySchemes"],
]);

const kebabCase = /^paths\/[a-z0-9]+(-[a-z0-9]+)*\.yaml$/;

/**
 * The tree is the table of contents: a reader finds a path or a component by its name alone, and the root stays a table
 * of paths and files.
 *
 * @type {Oas3Rule}
 */
export const fileNaming = () => {
  let folder = "";
  return {
    Root(_, { location }) {
      folder = dirname(location.source.absoluteRef);
    },
    Paths(paths, { report, location }) {
      for (const [path, item] of Object.entries(paths)) {
        if (isRefAlone(item)) continue;
        report({
          message: "Move this path to a file of its own, and write nothing here but $ref: paths/<kebab-case>.yaml.",
          location: location.child(path),
        });
      }
    },
    Components(kinds, { report, location }) {
      for (const [kind, named] of Object.entries(kinds)) {
        for (const [name, component] of Object.entries(named)) {
          if (isRefAlone(component)) continue;
          report({
            message: `Move this component to a file of its own, and write nothing here but $ref: components/${kind}/<PascalCase>.yaml.`,
            location: location.child([kind, name]),
          });
        }
      }
    },
    ref({ $ref }, { report, location, type }) {
      if ($ref.startsWith("#")) return;
      const file = relative(folder, resolve(dirname(location.source.absoluteRef), $ref)).replaceAll(sep, "/");
      const message = faultOf(file, type.name);
      if (message !== undefined) report({ message, location: location.child("$ref") });
    },
  };
};

/** @param {unknown} node */
function isRefAlone(node) {
  return typeof node === "object" && node !== null && "$ref" in node && Object.keys(node).length === 1;
}

/**
 * @param {string} file
 * @param {string} type
 */
function faultOf(file, type) {
  if (type === "PathItem") {
    return kebabCase.test(file) ? undefined : `Let this $ref lead to paths/<kebab-case>.yaml, not to ${file}.`;
  }
  const kind = components.get(type);
  if (kind === undefined) return "Write this here: only a path or a component has a file of its own.";
  const pascalCase = new RegExp(`^components/${kind}/[A-Z][A-Za-z0-9]*\\.yaml$`);
  return pascalCase.test(file)
    ? undefined
    : `Let this $ref lead to components/${kind}/<PascalCase>.yaml, not to ${file}.`;
}
