/**
 * Gives an error its name, and a mark by which it is known whichever copy of this package made it: `instanceof` fails where two are
 * installed, and a minifier changes the names of classes.
 */
export function brand(error: Error, name: string): void {
  Object.defineProperties(error, { name: { value: name, configurable: true }, [mark(name)]: { value: true } });
}

/** Whether an error, or one that it is a kind of, has this name. */
export function isBranded(error: unknown, name: string): boolean {
  return typeof error === "object" && error !== null && mark(name) in error;
}

function mark(name: string): symbol {
  return Symbol.for(`@memory-api/client ${name}`);
}

/**
 * What all errors of this package have in common.
 *
 * @example
 * const error: MemoryError = new InvalidParameterError("storeId", "is not there");
 * console.log(JSON.stringify(error));
 */
export abstract class MemoryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    brand(this, "MemoryError");
  }

  /** What may be logged: name, message and all that is shown when it is printed. */
  toJSON(): object {
    const { name, message, cause } = this;
    return Object.assign({ name, message }, this, cause !== undefined && { cause });
  }
}

/**
 * Whether an error is one of this package, of this copy or another.
 *
 * @example
 * try {
 *   await memory.store(storeId).profiles.fetch(profileId);
 * } catch (error) {
 *   if (isMemoryError(error)) console.log(JSON.stringify(error));
 *   else throw error;
 * }
 */
export function isMemoryError(error: unknown): error is MemoryError {
  return isBranded(error, "MemoryError");
}
