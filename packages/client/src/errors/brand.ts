/**
 * A mark by which an error is known, whichever copy of this package made it: `instanceof` fails where two are installed.
 *
 * @param name of the class
 */
export function brand(name: string): symbol {
  return Symbol.for(`@memory-api/client ${name}`);
}

export function isBranded(error: unknown, mark: symbol): boolean {
  return typeof error === "object" && error !== null && mark in error;
}
