import type { Operation } from "./operation.ts";
import { upsertCommand } from "./read-traits.ts";
import { typedId } from "./typed-id.ts";

export const createProfile: Operation<"createProfile"> = async (parts, { path, body, rules }) => {
  const command = upsertCommand(parts, rules, body.traits);
  const [outcome] = await parts.storage.apply(path.storeId, [command]);
  if (outcome?.kind !== "applied") throw new Error("A profile to resolve was neither created nor found.");
  return {
    status: 202,
    body: { id: typedId("mem_profile", outcome.id), message: "Profile resolved and accepted for processing." },
  };
};
