/**
 * An ID with the type that the contract gives it.
 *
 * @throws {Error} if it has another prefix
 */
export function typedId<Prefix extends string>(prefix: Prefix, id: string): `${Prefix}_${string}` {
  if (!hasPrefix(prefix, id)) throw new Error(`The ID ${id} does not begin with ${prefix}.`);
  return id;
}

function hasPrefix<Prefix extends string>(prefix: Prefix, id: string): id is `${Prefix}_${string}` {
  return id.startsWith(`${prefix}_`);
}
