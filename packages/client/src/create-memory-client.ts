import type { StoreId } from "@memory-api/types";
import type { ClientOptions } from "./connection/client-options.ts";
import { type Connection, createConnection } from "./connection/connection.ts";
import type { IdArgument } from "./connection/ids.ts";
import { boundOperations } from "./generated/bound-operations.ts";
import { createImports, type Imports } from "./imports/imports.ts";
import type { Operations } from "./operations/operation-arguments.ts";
import { createProfiles, type Profiles } from "./profiles/profiles.ts";
import type { TraitSchemas } from "./profiles/trait-schemas.ts";
import type { AnyTraits, TraitTypes } from "./profiles/traits.ts";

/** How a client reaches the API, how it holds out, and what it knows of traits. */
export interface MemoryClientOptions<Traits = AnyTraits> extends ClientOptions {
  /**
   * A schema for each trait group that is to be checked, of any library that speaks Standard Schema: zod, valibot, arktype. What is
   * created and what is fetched must then be as it says, and has its types. So it must accept what it returns: it may trim a value, but
   * not change its type.
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
   * What a store holds. Nothing is sent.
   *
   * @example
   * const { profiles, imports } = memory.store("mem_store_00000000000000000000000000");
   */
  store<Given extends string>(storeId: IdArgument<StoreId, Given>): MemoryStore<Traits>;

  /**
   * The operations of the contract, each under its ID, with what the contract takes and gives.
   *
   * @example
   * const { imports } = await memory.operations.listProfileImportsV2({ path: { storeId } });
   */
  readonly operations: Operations;

  /** For the standalone functions, which then share retries and pauses with this client. */
  readonly connection: Connection;
}

/** What a store holds. */
export interface MemoryStore<Traits = AnyTraits> {
  readonly profiles: Profiles<Traits>;
  readonly imports: Imports<Traits>;
}

/**
 * A client of the Memory API. Making one sends nothing.
 *
 * @typeParam Traits trait groups by name, each with its traits by name; taken from the schemas where there are some
 * @throws {TypeError} if there are no credentials, neither given nor in the environment
 * @throws {InvalidParameterError} if the base URL is none, or credentials lack a part
 *
 * @example
 * const memory = createMemoryClient<{ Contact: { email: string; firstName?: string } }>({
 *   credentials: { apiKey: "SK…", apiSecret: "…" },
 * });
 * const { profiles } = memory.store("mem_store_00000000000000000000000000");
 * const { id } = await profiles.create({ traits: { Contact: { email: "ada.reyes@example.com" } } });
 */
export function createMemoryClient<Traits extends TraitTypes<Traits> = AnyTraits>(
  options: MemoryClientOptions<Traits> = {},
): MemoryClient<Traits> {
  const connection = createConnection(options);
  return {
    connection,
    store: (storeId: string) => ({
      profiles: createProfiles(connection, storeId, options.schemas),
      imports: createImports(connection, storeId),
    }),
    operations: boundOperations(connection),
  };
}
