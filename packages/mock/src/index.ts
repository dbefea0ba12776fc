export type { Answer } from "./answer.ts";
export { MockError, type MockErrorCode } from "./mock-error.ts";
export type { ChooseAnswer } from "./mock-fetch.ts";
export { type Mock, type MockOptions, startMock } from "./start-mock.ts";
