/** Nothing more can be read from the file of an import. The message goes to the log: it holds no value of a cell. */
export class UnreadableFileError extends Error {
  override readonly name = "UnreadableFileError";
}
