import { InvalidTraitsError } from "../errors/invalid-traits-error.ts";
import type { CallTime } from "./call-time.ts";
import type { AnyTraits, TraitsToWrite } from "./traits.ts";

/**
 * A schema after https://standardschema.dev, version 1: those of zod, valibot, arktype and others are.
 *
 * @typeParam Output what the schema makes of a value that it accepts
 */
export interface StandardSchema<Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    /** Not there when the program runs. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** Why a value was refused. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

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

/**
 * The traits as the schemas make them. A group without a schema stays as it is, and one that is not there is not asked for.
 *
 * @param time what the schemas may take
 * @param requestId ID of the request that read the traits
 * @throws {InvalidTraitsError} for the first group that its schema refuses
 * @throws {TimeLimitError} if a schema takes too long
 */
export async function checkedTraits<Given extends TraitsToWrite<AnyTraits>>(
  traits: Given,
  schemas: TraitSchemas<AnyTraits> | undefined,
  time: CallTime,
  requestId?: string,
): Promise<Given> {
  let checked = traits;
  for (const [group, schema] of Object.entries(schemas ?? {})) {
    if (schema === undefined || !Object.hasOwn(traits, group) || traits[group] === undefined) continue;
    const result = await time.wait(() => schema["~standard"].validate(traits[group]));
    if (result.issues !== undefined) {
      throw new InvalidTraitsError(group, [...new Set(result.issues.map(pathOf))], requestId);
    }
    checked = { ...checked, [group]: result.value };
  }
  return checked;
}

function pathOf({ path = [] }: StandardIssue): string {
  return path.map((step) => String(typeof step === "object" ? step.key : step)).join(".");
}
