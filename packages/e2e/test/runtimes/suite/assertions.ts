/** @throws {Error} if the values differ as JSON */
export function assertEqual(actual: unknown, expected: unknown): void {
  const [actualJson, expectedJson] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (actualJson !== expectedJson) throw new Error(`expected ${expectedJson}, received ${actualJson}`);
}

/**
 * @param statement describes the condition
 * @throws {Error} if the condition is false
 */
export function assert(condition: boolean, statement: string): void {
  if (!condition) throw new Error(`assertion failed: ${statement}`);
}

/**
 * Returns the error that a promise rejects with.
 *
 * @throws {Error} if the promise resolves
 */
export async function rejectionOf(promise: PromiseLike<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`expected a rejection, but the promise resolved with ${JSON.stringify(value)}`);
}
