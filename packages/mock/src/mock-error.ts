/**
 * - `OPTION_INVALID`: an option of {@link startMock} has an invalid value.
 * - `PORT_UNAVAILABLE`: the port is in use, or the user may not listen on it.
 * - `DOCUMENT_UNREADABLE`: the document does not exist, or Prism cannot create a mock from it.
 * - `ANSWER_UNKNOWN`: no operation of the document has this status or example.
 */
export type MockErrorCode = "OPTION_INVALID" | "PORT_UNAVAILABLE" | "DOCUMENT_UNREADABLE" | "ANSWER_UNKNOWN";

/** Error that {@link startMock} rejects with and {@link Mock.prefer} throws. Switch on `code`. */
export class MockError extends Error {
  override readonly name = "MockError";
  readonly code: MockErrorCode;

  constructor(code: MockErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
