import { fileURLToPath } from "node:url";
import { contextNames } from "./example-context.ts";
import { publicNames } from "./public-names.ts";

const contextModule = fileURLToPath(new URL("example-context.ts", import.meta.url));

/**
 * Wraps an example in a module that exports it as a function. The example can use the context and the exports of our packages
 * without declaring or importing them.
 *
 * @param code may contain `import` lines
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
import type { ExampleContext } from ${JSON.stringify(contextModule)};
import type { Mock as RunningMock } from "@memory-api/mock";
${[...ownImports, ...imports].join("\n")}
export async function example({ ${contextNames.join(", ")} }: ExampleContext, mock: RunningMock, authorization: string) {
  {
${rest}
  }
}`;
}
