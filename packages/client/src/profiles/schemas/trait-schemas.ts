import type { AnyTraits } from "../traits.ts";
import type { StandardSchema } from "./standard-schema.ts";

/**
 * Schemas of trait groups, by their names. Not every group needs one. Where the types of the traits are not given, they are what
 * the schemas make of them.
 */
export type TraitSchemas<Traits = AnyTraits> = {
  readonly [Group in keyof Traits]?: StandardSchema<Traits[Group]> | undefined;
};

/** What checks traits. */
export interface WithSchemas<Traits = AnyTraits> {
  /**
   * Each group that has a schema is given to it, and what the schema makes of it is sent, or returned. What was sent is read by the
   * same schema: one must accept what it returns, so it may trim a text, but not make a number of one.
   *
   * @default nothing is checked here, only by the service
   */
  readonly schemas?: TraitSchemas<Traits> | undefined;
}
