/**
 * - `PORT_UNAVAILABLE`: the port is taken, or this user may not listen on it.
 * - `DOCUMENT_UNREADABLE`: the document is not there, or Prism cannot make a mock of it.
 * - `ANSWER_UNKNOWN`: no operation of the document has such a status or example.
 */
export type MockErrorCode = "PORT_UNAVAILABLE" | "DOCUMENT_UNREADABLE" | "ANSWER_UNKNOWN";

/** What {@link startMock} rejects with, and {@link Mock.prefer} throws. Switch on `code`. */
export class MockError extends Error {
  override readonly name = "MockError";
  readonly code: MockErrorCode;

  constructor(code: MockErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
