/** What is to be read is not there, or is not what it must be. It repeats nothing of what was read. */
export class InputError extends Error {
  override readonly name = "InputError";
}
