import type { ContractChange } from "./contract-changes.ts";
import { escapeToken, isNode, type Node, valueAt } from "./rating/contract-nodes.ts";
import { usesAt, usesOf } from "./rating/contract-usage.ts";

/** Returns the changes that `redocly diff` does not report. */
export function unreportedChanges(before: Node, after: Node): ContractChange[] {
  return [...defaultServerChanges(before, after), ...scopeChanges(before, after)];
}

/** `redocly diff` compares servers without their order, but clients use the first one by default. */
function defaultServerChanges(before: Node, after: Node): ContractChange[] {
  const uses = usesOf(after);
  return ["#", ...uses.keys()].flatMap((pointer): ContractChange[] => {
    const [old, next] = [before, after].map((document) => serversAt(document, pointer));
    const [first] = old ?? [];
    if (first === undefined || next === undefined || next[0] === first || !next.includes(first)) return [];
    const why = `Clients use the first server by default, which changed from \`${first}\` to \`${next[0]}\`.`;
    const place = { pointer: `${pointer}/servers/0`, uses: usesAt(uses, pointer) };
    return [{ ...place, gate: "wire", bump: "major", why, action: "Select the old server, or use the new one." }];
  });
}

function serversAt(document: Node, pointer: string): string[] {
  const servers: unknown = valueAt(document, `${pointer}/servers`);
  return Array.isArray(servers) ? servers.map((server) => String(Object(server)["url"])) : [];
}

/** `redocly diff` ignores the scopes of an OAuth flow. A flow that is added or removed as a whole is not reported again. */
function scopeChanges(before: Node, after: Node): ContractChange[] {
  const [old, next] = [scopesByFlow(before), scopesByFlow(after)];
  return [...old].flatMap(([pointer, scopes]): ContractChange[] => {
    const current = next.get(pointer);
    if (current === undefined) return [];
    const change = { gate: "wire" as const, pointer, uses: [] };
    return [
      ...scopes
        .filter((scope) => !current.includes(scope))
        .map((scope): ContractChange => {
          const why = `The scope \`${scope}\` was removed. Callers that request it get no token.`;
          return { ...change, bump: "major", why, action: "Stop requesting the scope." };
        }),
      ...current
        .filter((scope) => !scopes.includes(scope))
        .map((scope): ContractChange => {
          const why = `The scope \`${scope}\` was added. Existing programs keep working.`;
          return { ...change, bump: "minor", why, action: "Nothing. To use what is new, request the scope." };
        }),
    ];
  });
}

/** @returns the names of the scopes of each OAuth flow, by the JSON pointer of the scopes */
function scopesByFlow(document: Node): Map<string, string[]> {
  const schemes = Object.entries(Object(valueAt(document, "#/components/securitySchemes")));
  return new Map(
    schemes.flatMap(([name, scheme]) =>
      Object.entries(Object(Object(scheme).flows)).map(([flow, content]) => [
        `#/components/securitySchemes/${escapeToken(name)}/flows/${flow}/scopes`,
        isNode(content) ? Object.keys(Object(content["scopes"])) : [],
      ]),
    ),
  );
}
