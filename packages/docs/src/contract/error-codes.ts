import { resolve } from "./document.ts";
import { type Operation, operations } from "./operations.ts";

/** An error code of the API, with every example of it in the contract. */
export interface ErrorCode {
  readonly code: number;
  readonly status: number;
  /** The examples in the contract, each with the operations that can return it. */
  readonly examples: readonly ErrorExample[];
}

interface ErrorExample {
  readonly summary: string;
  readonly value: unknown;
  readonly operations: readonly Operation[];
}

/** All error codes of the examples in the contract, by status and code. */
export const errorCodes: readonly ErrorCode[] = collect();

function collect(): ErrorCode[] {
  const found = new Map<
    number,
    { status: number; examples: Map<string, { value: unknown; operations: Operation[] }> }
  >();
  for (const operation of operations) {
    for (const { contents } of operation.responses.filter(({ status }) => Number(status) >= 400)) {
      for (const { summary, value } of contents.flatMap(({ examples }) => examples)) {
        const { code, status } = Object(resolve(Object(value)));
        const entry = found.get(code) ?? { status, examples: new Map() };
        found.set(code, entry);
        const example = entry.examples.get(summary) ?? { value, operations: [] };
        entry.examples.set(summary, example);
        if (!example.operations.includes(operation)) example.operations.push(operation);
      }
    }
  }
  return [...found]
    .map(([code, { status, examples }]) => ({
      code,
      status,
      examples: [...examples].map(([summary, example]) => ({ summary, ...example })),
    }))
    .toSorted((one, other) => one.status - other.status || one.code - other.code);
}
