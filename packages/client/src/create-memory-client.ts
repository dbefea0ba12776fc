import type { StoreId } from "@memory-api/types";
import type { ClientOptions } from "./connection/client-options.ts";
import { type Connection, createConnection, withOptions } from "./connection/connection.ts";
import type { IdArgument } from "./connection/ids.ts";
import { boundOperations } from "./generated/bound-operations.ts";
import { createImports, type Imports } from "./imports/imports.ts";
import type { Operations } from "./operations/operation-arguments.ts";
import { createProfiles, type Profiles } from "./profiles/profiles.ts";
import type { TraitSchemas } from "./profiles/trait-schemas.ts";
import type { AnyTraits, TraitTypes } from "./profiles/traits.ts";

/** Options of a client, with schemas of trait groups. */
export interface MemoryClientOptions<Traits = AnyTraits> extends ClientOptions {
  /**
   * Schemas of trait groups, of any library that supports Standard Schema, such as zod, valibot or arktype. The client validates the traits
   * that it creates and fetches, and derives their types. A schema must accept what it returns: it may trim a value, but not change its
   * type.
   */
  readonly schemas?: TraitSchemas<Traits> | undefined;
}

/**
 * A client of the Memory API.
 *
 * @typeParam Traits trait groups by name, each with its traits by name
 */
export interface MemoryClient<Traits = AnyTraits> {
  /**
   * Returns the profiles and imports of a store. Nothing is sent.
   *
   * @example
   * const { profiles, imports } = memory.store("mem_store_00000000000000000000000000");
   */
  store<Given extends string>(storeId: IdArgument<StoreId, Given>): MemoryStore<Traits>;

  /**
   * The operations of the contract by ID, with the arguments and responses of the contract.
   *
   * @example
   * const { imports } = await memory.operations.listProfileImportsV2({ path: { storeId } });
   */
  readonly operations: Operations;

  /**
   * Returns a client in which the given options replace those of this one. Both share connections, the pause after a 429 and the retry
   * budget, unless `credentials` or `baseUrl` is given.
   *
   * @throws {InvalidParameterError} if an option is invalid
   *
   * @example
   * const patient = memory.withOptions({ timeout: 60_000, retry: { attempts: 10 } });
   */
  withOptions(options: ClientOptions): MemoryClient<Traits>;

  /** The connection to pass to standalone functions or the openapi-fetch client, which then share retries and pauses with this client. */
  readonly connection: Connection;
}

/** The resources of a store. */
export interface MemoryStore<Traits = AnyTraits> {
  readonly profiles: Profiles<Traits>;
  readonly imports: Imports<Traits>;
}

/**
 * Creates a client of the Memory API. Creating it sends nothing.
 *
 * @typeParam Traits trait groups by name, each with its traits by name; derived from the schemas, if there are any
 * @throws {TypeError} if there are no credentials in the options or the environment
 * @throws {InvalidParameterError} if an option is invalid
 *
 * @example
 * const memory = createMemoryClient<{ Contact: { email: string; firstName?: string } }>({
 *   credentials: { apiKey: "SK…", apiSecret: "…" },
 * });
 * const { profiles } = memory.store("mem_store_00000000000000000000000000");
 * const { id } = await profiles.create({ traits: { Contact: { email: "ada.reyes@example.com" } } });
 */
export function createMemoryClient<Traits extends TraitTypes<Traits> = AnyTraits>({
  schemas,
  ...options
}: MemoryClientOptions<Traits> = {}): MemoryClient<Traits> {
  return clientOf(createConnection(options), schemas);
}

function clientOf<Traits extends TraitTypes<Traits>>(
  connection: Connection,
  schemas: TraitSchemas<Traits> | undefined,
): MemoryClient<Traits> {
  return {
    connection,
    store: (storeId: string) => ({
      profiles: createProfiles(connection, storeId, schemas),
      imports: createImports(connection, storeId),
    }),
    operations: boundOperations(connection),
    withOptions: (options) => clientOf(withOptions(connection, options), schemas),
  };
}
