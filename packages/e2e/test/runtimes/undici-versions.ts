/** A version of the package undici. */
export interface UndiciVersion {
  readonly version: string;
  /** Name under which it is installed. */
  readonly name: string;
  /** The oldest Node.js that it supports. */
  readonly oldestNode: string;
}

/** Each major version whose dispatchers the client must recognize. */
export const undiciVersions: readonly UndiciVersion[] = [
  { version: "6.29.1", name: "undici-6", oldestNode: "18.17" },
  { version: "7.30.2", name: "undici", oldestNode: "20.18.1" },
  { version: "8.13.1", name: "undici-8", oldestNode: "22.19.0" },
];

/** Specifiers of these packages, to install together with the suite. */
export const undiciPackages: readonly string[] = undiciVersions.map(
  ({ name, version }) => `${name}@npm:undici@${version}`,
);

/** Returns a negative number if one version precedes the other, such as `9.1` and `10.0`. */
export function compareVersions(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
