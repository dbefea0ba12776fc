/** The command cannot test anything. The message contains the reason and what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
