import type { AttemptContext } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { Success } from "../connection/success.ts";
import { published } from "./attempt-channel.ts";
import { logged } from "./logged.ts";

/** Makes an attempt that the logger and the diagnostics channel hear of. */
export function observed(
  connection: Connection,
  context: AttemptContext,
  work: () => Promise<Success>,
): Promise<Success> {
  return published(context, () => logged(connection, context, work));
}
