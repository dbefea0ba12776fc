import { invalidBody } from "../api-error.ts";
import type { UpsertCommand } from "../domain/command.ts";
import { giveWay } from "../give-way.ts";
import type { Operation } from "./operation.ts";
import { upsertCommand } from "./read-traits.ts";

export const updateProfilesBulk: Operation<"updateProfilesBulk"> = async (parts, { path, body, rules }) => {
  if (body.profiles === undefined) throw invalidBody("/profiles: is missing");
  const commands: UpsertCommand[] = [];
  for (const [at, { traits }] of body.profiles.entries()) {
    commands.push(upsertCommand(parts, rules, traits, `/profiles/${at}`));
    await giveWay();
  }
  await parts.storage.apply(path.storeId, commands);
  return { status: 202, body: { message: "Profile batch accepted for processing." } };
};
