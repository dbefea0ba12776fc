import { InvalidTraitsError } from "../../errors/invalid-traits-error.ts";
import type { CallTime } from "../call-time.ts";
import type { AnyTraits, TraitsToWrite } from "../traits.ts";
import type { StandardIssue } from "./standard-schema.ts";
import type { TraitSchemas } from "./trait-schemas.ts";

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
