import { pathParametersOf } from "./names.ts";
import type { NewOperation } from "./operation.ts";
import { hasBody } from "./operation.ts";
import type { Tree } from "./tree.ts";

const IDS: Readonly<Record<string, string>> = {
  storeId: "mem_store_00000000000000000000000000",
  profileId: "mem_profile_01kkhqytkhfm3ssd012pnn7m4p",
  importId: "mem_import_01kkbk0tfteqn89st3b7v4f5y8",
};

/** Adds a sample in each style. They print the whole response. */
export function addSamples(tree: Tree, operation: NewOperation): void {
  const { id, path } = operation;
  const parameters = pathParametersOf(path).map((name) => `${name}: "${IDS[name] ?? "TODO: An ID"}"`);
  const isOfProfile = pathParametersOf(path).includes("profileId");
  const given = `path: { ${parameters.join(", ")} }`;
  const body = hasBody(operation) ? ', body: { name: "Ada" }' : "";
  tree.create(`examples/samples/sdk/${id}.ts`, sdk(id, `{ ${given}${body} }`, isOfProfile));
  tree.create(
    `examples/samples/openapi-fetch/${id}.ts`,
    openapiFetch(operation, `{ params: { ${given} }${body} }`, isOfProfile),
  );
}

const TODO = "// TODO: Show a realistic use of";

function sdk(id: string, given: string, isOfProfile: boolean): string {
  if (!isOfProfile) {
    return `import { createMemoryClient } from "@memory-api/client";

const { operations } = createMemoryClient();

${TODO} ${id}.
console.log(await operations.${id}(${given}));
`;
  }
  return `import { createMemoryClient, isProfileMovedError } from "@memory-api/client";

const { operations } = createMemoryClient();

${TODO} ${id}.
try {
  console.log(await operations.${id}(${given}));
} catch (error) {
  if (!isProfileMovedError(error)) throw error;
  console.log(\`Merged into \${error.canonicalProfileId}.\`);
}
`;
}

function openapiFetch({ id, method, path }: NewOperation, given: string, isOfProfile: boolean): string {
  if (!isOfProfile) {
    return `import { createFetchClient } from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

${TODO} ${id}.
const { data, error } = await client.${method}("${path}", ${given});
if (error) throw new Error(error.message);
console.log(data);
`;
  }
  return `import { createFetchClient, profileMoved } from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

${TODO} ${id}.
const result = await client.${method}("${path}", ${given});
const moved = profileMoved(result);
if (moved) {
  console.log(\`Merged into \${moved.canonicalProfileId}.\`);
} else {
  if (result.error) throw new Error(result.error.message);
  console.log(result.data);
}
`;
}
