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
  tree.create(`examples/samples/curl/${id}.sh`, curl(operation));
  tree.create(`examples/samples/python/${id}.py`, python(operation));
}

/** The path of an operation with example IDs. */
function examplePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => IDS[name] ?? "TODO: An ID");
}

function curl(operation: NewOperation): string {
  const { id, method, path } = operation;
  const json = hasBody(operation)
    ? `  --header 'Content-Type: application/json' \\\n  --data '{ "name": "Ada" }' \\\n`
    : "";
  return `# TODO: Show a realistic use of ${id}.
curl --user "$TWILIO_API_KEY:$TWILIO_API_SECRET" \\
  --request ${method} \\
${json}  "$MEMORY_BASE_URL${examplePath(path)}"
`;
}

function python(operation: NewOperation): string {
  const { id, method, path } = operation;
  const json = hasBody(operation) ? ', json={"name": "Ada"}' : "";
  return `import os

import httpx

client = httpx.Client(
    base_url=os.environ["MEMORY_BASE_URL"],
    auth=(os.environ["TWILIO_API_KEY"], os.environ["TWILIO_API_SECRET"]),
)

# TODO: Show a realistic use of ${id}.
response = client.request(
    "${method}", "${examplePath(path)}"${json}
)
if response.is_redirect:
    print("Merged into", response.headers["Canonical-Profile-Id"])
else:
    response.raise_for_status()
    print(response.json())
`;
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
