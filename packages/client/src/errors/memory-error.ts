/**
 * Gives an error its name, and a mark that identifies its class in every copy of this package. `instanceof` fails if two copies are
 * installed, and a minifier changes the names of classes.
 */
export function brand(error: Error, name: string): void {
  Object.defineProperties(error, { name: { value: name, configurable: true }, [mark(name)]: { value: true } });
}

/** Whether an error has this name, or extends a class that has it. */
export function isBranded(error: unknown, name: string): boolean {
  return typeof error === "object" && error !== null && mark(name) in error;
}

function mark(name: string): symbol {
  return Symbol.for(`@memory-api/client ${name}`);
}

/**
 * The base class of all errors of this package.
 *
 * @example
 * const error: MemoryError = new InvalidParameterError("storeId", "is missing");
 * console.log(JSON.stringify(error));
 */
export abstract class MemoryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    brand(this, "MemoryError");
  }

  /** Returns what is safe to log: the name, the message and the enumerable properties. */
  toJSON(): object {
    const { name, message, cause } = this;
    return Object.assign({ name, message }, this, cause !== undefined && { cause });
  }
}

/**
 * Whether an error is a {@link MemoryError}, created by this copy of the package or another.
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
