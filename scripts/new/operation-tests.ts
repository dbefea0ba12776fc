import { hasBody, type NewOperation } from "./operation.ts";
import type { Tree } from "./tree.ts";

/** Adds the operation to the tests that run for every operation. */
export function addToTests(tree: Tree, operation: NewOperation): void {
  const { id, method, list } = operation;
  const body = hasBody(operation) ? ', body: { name: "Ada" }' : "";
  tree.edit("packages/server/test/support/requests.ts", (text) =>
    text.replace(
      /^ {2}uploadImportFile: async/m,
      `  ${id}: async (${/\{(?:profile|import)Id\}/.test(operation.path) ? "api" : ""}) => ({ method: "${method}", target: ${targetOf(operation)}${body} }),\n$&`,
    ),
  );
  const result = list === undefined ? '[body["message"]]' : `Object(body["${list}"])`;
  tree.edit("packages/docs/test/samples.test.ts", (text) =>
    text.replace(/^ {4}case "listProfiles":$/m, `    case "${id}":\n      return ${result};\n$&`),
  );
  tree.edit("packages/conformance/src/phases/parameters/probes.ts", (text) =>
    text.replace(/^ {2}"uploadImportFile path/m, `  "${id} path storeId": storeIdProbe,\n$&`),
  );
  tree.edit("packages/conformance/test/planted-bugs/planted-bug.ts", (text) =>
    text.replace(/^ {2}"uploadImportFile",$/m, `  "${id}",\n$&`),
  );
  if (hasBody(operation)) {
    tree.edit("packages/conformance/src/scenarios/calls.ts", (text) =>
      text.replace(/^ {4}default:$/m, `    case "${id}":\n      return { name: "Ada" };\n$&`),
    );
  }
  tree.edit("packages/conformance/test/parameters.test.ts", (text) =>
    text.replace(/^ {2}"uploadImportFile path/m, `  "${id} path storeId": () => ofOneStore,\n$&`),
  );
}

/** The target of a request that the server accepts, as the source of a template literal. */
function targetOf({ path }: NewOperation): string {
  const [, profile] = /^\/v1\/Stores\/\{storeId\}\/Profiles\/\{profileId\}(.*)$/.exec(path) ?? [];
  if (profile !== undefined) return `\`\${profileOf(await createProfile(api))}${profile}\``;
  const target = path.replace(/(?=\{)/g, "$$").replace("{importId}", "{(await createImport(api)).importId}");
  return `\`${target}\``;
}
