/** The rest of an import file cannot be read. The message is logged, so it contains no cell value. */
export class UnreadableFileError extends Error {
  override readonly name = "UnreadableFileError";
}
