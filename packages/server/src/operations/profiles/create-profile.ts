import type { Operation } from "../operation.ts";
import { typedId } from "../typed-id.ts";
import { upsertCommand } from "./read-traits.ts";

export const createProfile: Operation<"createProfile"> = async (dependencies, { body, store, isAbandoned }) => {
  const command = upsertCommand(dependencies, store.rules, body.traits);
  const [outcome] = await dependencies.storage.apply(store, [command], { isAbandoned });
  if (outcome?.kind !== "applied") throw new Error("A profile to resolve was neither created nor found.");
  return {
    status: 202,
    body: { id: typedId("mem_profile", outcome.id), message: "Profile resolved and accepted for processing." },
  };
};
