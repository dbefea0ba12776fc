import type { UpsertCommand } from "../../domain/commands/command.ts";
import { isYieldDue, yieldToEventLoop } from "../../imports/yield-to-event-loop.ts";
import { invalidBody } from "../api-error.ts";
import type { Operation } from "../operation.ts";
import { upsertCommand } from "./read-traits.ts";

export const updateProfilesBulk: Operation<"updateProfilesBulk"> = async (
  dependencies,
  { body, store, isAbandoned },
) => {
  if (body.profiles === undefined) throw invalidBody("/profiles: is missing");
  const commands: UpsertCommand[] = [];
  for (const [at, { traits }] of body.profiles.entries()) {
    commands.push(upsertCommand(dependencies, store.rules, traits, `/profiles/${at}`));
    if (isYieldDue()) await yieldToEventLoop();
  }
  await dependencies.storage.apply(store, commands, { isAbandoned });
  return { status: 202, body: { message: "Profile batch accepted for processing." } };
};
