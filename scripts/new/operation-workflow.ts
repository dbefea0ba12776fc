import { kebabCase, pathParametersOf } from "./names.ts";
import { hasBody, type NewOperation, statusOf } from "./operation.ts";
import type { Tree } from "./tree.ts";

/** Adds a workflow that calls the operation, with a profile or an import that it creates first. */
export function addWorkflow(tree: Tree, operation: NewOperation): void {
  const { id, path } = operation;
  const name = kebabCase(id);
  const parameters = pathParametersOf(path);
  tree.create(
    `spec/workflows/${name}.arazzo.yaml`,
    `arazzo: 1.0.1
info:
  title: TODO
  version: 1.0.0
  summary: "TODO: The journey of a consumer in which ${id} is a step. Or move the step to another workflow."
  description: |
    TODO: What the consumer achieves.

    Pass the credentials and a \`runId\` that no earlier run used. Pass \`storeId\` to use a store other than the default
    one.
sourceDescriptions:
  - name: memory
    type: openapi
    url: ../openapi.yaml
workflows:
  - workflowId: ${name}
    summary: TODO
    description: "TODO: The steps, in a sentence or two."
    inputs:
      type: object
      required:
        - runId
        - apiKey
        - apiSecret
      properties:
        runId:
          type: string
          description: Eight digits that no earlier run used. They make the identifiers of this run unique.
          pattern: ^[0-9]{8}$
        storeId:
          type: string
          description: ID of the memory store to use.
          default: mem_store_00000000000000000000000000
        apiKey:
          type: string
          description: API key SID or Account SID.
        apiSecret:
          type: string
          description: The secret of the API key, or the auth token of the account.
          format: password
    parameters:
      - name: storeId
        in: path
        value: $inputs.storeId
    x-security:
      - schemeName: basicAuth
        values:
          username: $inputs.apiKey
          password: $inputs.apiSecret
    steps:
${parameters.includes("profileId") ? createProfile(name) : ""}${parameters.includes("importId") ? createImport(name) : ""}${step(operation)}`,
  );
}

const createProfile = (name: string) => `      - stepId: create-profile
        description: Create the profile.
        operationId: createProfile
        requestBody:
          contentType: application/json
          payload:
            traits:
              Contact:
                email: "${name}.{$inputs.runId}@example.com"
        successCriteria:
          - condition: $statusCode == 202
        outputs:
          id: $response.body#/id

`;

const createImport = (name: string) => `      - stepId: create-import
        description: Create the import.
        operationId: createProfilesImportV2
        requestBody:
          contentType: application/json
          payload:
            filename: ${name}.csv
            fileSize: 64
            columnMappings:
              - columnName: email
                traitGroup: Contact
                traitName: email
              - columnName: name
                traitGroup: Contact
                traitName: firstName
        successCriteria:
          - condition: $statusCode == 201
        outputs:
          id: $response.body#/importId

`;

function step(operation: NewOperation): string {
  const { id, path } = operation;
  const [name] = pathParametersOf(path).filter((each) => each === "profileId" || each === "importId");
  const parameters =
    name === undefined
      ? ""
      : `        parameters:
          - name: ${name}
            in: path
            value: $steps.create-${name.replace("Id", "")}.outputs.id
`;
  const body = hasBody(operation)
    ? `        requestBody:
          contentType: application/json
          payload:
            name: Ada
`
    : "";
  return `      - stepId: ${kebabCase(id)}
        description: "TODO: What this step does."
        operationId: ${id}
${parameters}${body}        successCriteria:
          - condition: $statusCode == ${statusOf(operation)}
`;
}
