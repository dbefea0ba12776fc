import type { Contract, ContractEntry } from "../../contract/contract.ts";

/** The operation that a request addresses. */
export interface FoundOperation {
  readonly entry: ContractEntry;
  /** Decoded values of the path parameters by name. */
  readonly path: Readonly<Record<string, string>>;
}

/** The path of a request whose method the contract does not document. */
export interface KnownPath {
  /** Documented methods in upper case. Empty if the path is unknown, too. */
  readonly methods: readonly string[];
}

/**
 * Finds the operation of a method and a path. A literal path takes precedence over a templated one.
 *
 * @param pathname as in a URL, with percent-encoding
 */
export function findOperation(contract: Contract, method: string, pathname: string): FoundOperation | KnownPath {
  const segments = pathname.split("/").map(decoded);
  const matches = [...contract.operations.values()].flatMap((entry) => {
    const path = parametersIn(entry.path, segments);
    return path === undefined ? [] : [{ entry, path }];
  });
  const fewest = Math.min(...matches.map(({ path }) => Object.keys(path).length));
  const best = matches.filter(({ path }) => Object.keys(path).length === fewest);
  const found = best.find(({ entry }) => entry.method === method);
  return found ?? { methods: best.map(({ entry }) => entry.method) };
}

function parametersIn(template: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = template.split("/");
  if (parts.length !== segments.length) return undefined;
  const path: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? "";
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name !== undefined) path[name] = segment;
    else if (part !== segment) return undefined;
  }
  return path;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
