/** What was typed is not what the command takes. Nothing was sent. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
