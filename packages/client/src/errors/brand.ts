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
