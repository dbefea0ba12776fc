import { fileURLToPath } from "node:url";
import { namesAtHand } from "./at-hand.ts";
import { publicNames } from "./public-names.ts";

const atHand = fileURLToPath(new URL("at-hand.ts", import.meta.url));

/**
 * An example as a module that exports a function of it. The packages' own names may be taken for granted, and what is at hand.
 *
 * @param code may begin with imports of its own
 */
export function exampleModule(code: string): string {
  const ownImports = code.match(/^import .*$/gm) ?? [];
  const rest = code.replace(/^import .*$/gm, "");
  const words = new Set(rest.match(/\w+/g));
  for (const name of ownImports.join().match(/\w+/g) ?? []) words.delete(name);
  const imports = [...publicNames].flatMap(([specifier, names]) => {
    const used = names.filter(({ name }) => words.delete(name)).map(({ name }) => name);
    return used.length > 0 ? `import { ${used.join(", ")} } from "${specifier}";` : [];
  });
  return `
import type { AtHand } from ${JSON.stringify(atHand)};
import type { Mock as RunningMock } from "@memory-api/mock";
${[...ownImports, ...imports].join("\n")}
export async function example({ ${namesAtHand.join(", ")} }: AtHand, mock: RunningMock, authorization: string) {
  {
${rest}
  }
}`;
}
