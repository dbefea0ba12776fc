import { InvalidTraitsError } from "../errors/invalid-traits-error.ts";
import type { CallDeadline } from "./call-deadline.ts";
import type { AnyTraits, TraitsToWrite } from "./traits.ts";

/** An object with schemas. */
export interface WithSchemas<Traits = AnyTraits> {
  /**
   * The schemas that check traits before they are sent and after they are read. The client sends or returns the output of a schema. A
   * schema also reads what it wrote, so it must accept its own output: it may trim a string, but not convert a string to a number.
   *
   * @default none; only the service validates traits
   */
  readonly schemas?: TraitSchemas<Traits> | undefined;
}

/**
 * Schemas by the name of their trait group. A group needs no schema. If the types of the traits are not given, they are the outputs of the
 * schemas.
 */
export type TraitSchemas<Traits = AnyTraits> = {
  readonly [Group in keyof Traits]?: StandardSchema<Traits[Group]> | undefined;
};

/**
 * A schema that supports version 1 of https://standardschema.dev, such as the schemas of zod, valibot and arktype.
 *
 * @typeParam Output the type that the schema converts an accepted value to
 */
export interface StandardSchema<Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    /** Exists only for the compiler. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** Why a schema rejects a value. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/**
 * Returns the traits with each group replaced by the output of its schema. Schemas of groups that the traits do not contain are not called.
 *
 * @param deadline limits the time that the schemas may take
 * @param requestId ID of the request that read the traits
 * @throws {InvalidTraitsError} for the first group that its schema rejects
 * @throws {TimeLimitError} if the schemas exceed the deadline
 */
export async function checkedTraits<Given extends TraitsToWrite<AnyTraits>>(
  traits: Given,
  schemas: TraitSchemas<AnyTraits> | undefined,
  deadline: CallDeadline,
  requestId?: string,
): Promise<Given> {
  let checked = traits;
  for (const [group, schema] of Object.entries(schemas ?? {})) {
    if (schema === undefined || !Object.hasOwn(traits, group) || traits[group] === undefined) continue;
    const result = await deadline.wait(() => schema["~standard"].validate(traits[group]));
    if (result.issues !== undefined) {
      throw new InvalidTraitsError(group, [...new Set(result.issues.map(joinedPath))], requestId);
    }
    checked = { ...checked, [group]: result.value };
  }
  return checked;
}

function joinedPath({ path = [] }: StandardIssue): string {
  return path.map((segment) => String(typeof segment === "object" ? segment.key : segment)).join(".");
}
