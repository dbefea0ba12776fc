import {
  type ClientOptions,
  type Connection,
  createConnection,
  createMemoryClient,
  type ImportMapping,
  type MemoryClient,
  type MemoryStore,
  type StandardSchema,
} from "@memory-api/client";
import { createFetchClient } from "@memory-api/client/openapi-fetch";
import { createSandbox, type Sandbox } from "@memory-api/server";
import type { ImportId, ProfileId, StoreId } from "@memory-api/types";

const storeId: StoreId = "mem_store_00000000000000000000000000";
const profileId: ProfileId = "mem_profile_01kkbk0tftehys1y7x5j5x83q4";
const importId: ImportId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
/** Content of the `contacts.csv` that the examples use. */
export const csv = "email,name\nada.reyes@example.com,Ada\n";

/** The variables that an example can use without declaring them. */
export interface ExampleContext extends MemoryStore {
  readonly sandbox: Sandbox;
  readonly memory: MemoryClient;
  readonly connection: Connection;
  /** An openapi-fetch client. */
  readonly client: ReturnType<typeof createFetchClient>;
  /** The options of both clients. */
  readonly options: ClientOptions;
  readonly storeId: StoreId;
  /** ID of a profile that exists. */
  readonly profileId: ProfileId;
  /** ID of a completed import. */
  readonly importId: ImportId;
  /** Upload URL of an import that expects `contacts.csv`. */
  readonly url: string;
  readonly file: string;
  readonly email: string;
  readonly city: string;
  readonly mapping: ImportMapping;
  readonly contactSchema: StandardSchema<{ email: string }>;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly error: unknown;
  readonly log: Pick<Console, "info" | "warn">;
  readonly count: (message: unknown) => void;
  readonly customers: () => AsyncGenerator<{ traits: { Contact: { email: string; firstName: string } } }>;
}

/** Names of the variables in {@link ExampleContext}. */
export const contextNames = [
  ...["sandbox", "memory", "connection", "profiles", "imports", "storeId", "profileId", "importId", "url"],
  ...["client", "options", "file", "email", "city", "mapping", "contactSchema", "apiKey", "apiSecret"],
  ...["error", "log", "count", "customers"],
] as const satisfies readonly (keyof ExampleContext)[];

/** Creates the context of an example, with a sandbox that contains a profile and two imports. */
export async function createExampleContext(): Promise<ExampleContext> {
  const sandbox = await createSandbox();
  const { apiKey, apiSecret } = sandbox.credentials;
  const options = { credentials: { apiKey, apiSecret }, fetch: sandbox.fetch };
  const connection = createConnection(options);
  const memory = createMemoryClient(options);
  const client = createFetchClient({ connection });
  const columnMappings = [
    { columnName: "email", traitGroup: "Contact", traitName: "email" },
    { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
  ];
  const request = { filename: "contacts.csv", fileSize: csv.length, columnMappings };
  const ada = { Contact: { email: "ada.reyes@example.com", city: "Oakland" } };
  await sandbox.seed({
    profiles: [{ id: profileId, traits: ada }],
    imports: [{ id: importId, ...request, status: "COMPLETED", summary: { errors: 0, warnings: 0 } }],
  });
  const { url } = await memory.operations.createProfilesImportV2({ path: { storeId }, body: request });
  return {
    ...memory.store(storeId),
    ...{ sandbox, memory, connection, storeId, profileId, importId, url, apiKey, apiSecret },
    ...{ client, options, file: csv },
    email: "jonas.weir@example.com",
    city: "Oakland",
    mapping: { email: "Contact.email", name: "Contact.firstName" },
    contactSchema: {
      "~standard": {
        version: 1,
        vendor: "example",
        validate: (value) => ({ value: { email: String(Object(value).email) } }),
      },
    },
    error: new Error("This error is not from the client."),
    log: { info() {}, warn() {} },
    count() {},
    async *customers() {
      for (const name of ["jonas", "mina"]) {
        yield { traits: { Contact: { email: `${name}@example.com`, firstName: name } } };
      }
    },
  };
}
