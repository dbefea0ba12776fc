/** @throws {Error} if the two are not the same as JSON */
export function equal(actual: unknown, expected: unknown): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`is ${found}, not ${wanted}`);
}

/** @throws {Error} that says what should hold */
export function holds(condition: boolean, statement: string): void {
  if (!condition) throw new Error(`does not hold: ${statement}`);
}

/**
 * What a promise is rejected with.
 *
 * @throws {Error} if it is fulfilled
 */
export async function rejectionOf(promise: PromiseLike<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`was fulfilled, with ${JSON.stringify(value)}`);
}
