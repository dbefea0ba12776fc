import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import ts from "typescript-5";

/** Path of an example in the folder of the client, so that it resolves the same packages. The file need not exist. */
export const examplePath = fileURLToPath(new URL("../../../../client/example.ts", import.meta.url));

/** An export of a package. */
export interface PublicName {
  readonly name: string;
  readonly documentation: string;
  readonly isFunctionOrClass: boolean;
  readonly hasExample: boolean;
}

const subpaths = [
  ...["client", "client/openapi-fetch", "client/undici", "client/opentelemetry"],
  ...["conformance/consumer", "mock", "server", "types"],
];

/** The exports of each entry point. */
export const publicNames = readPublicNames(subpaths.map((subpath) => `@memory-api/${subpath}`));

/** Returns the path of the type declarations of an entry point. */
export function declarationsOf(specifier: string): string {
  return createRequire(import.meta.url)
    .resolve(specifier)
    .replace(/\.js$/, ".d.ts");
}

function readPublicNames(specifiers: readonly string[]): ReadonlyMap<string, readonly PublicName[]> {
  const declarations = specifiers.map(declarationsOf);
  const program = ts.createProgram(declarations, { module: ts.ModuleKind.NodeNext, skipLibCheck: true });
  const checker = program.getTypeChecker();
  return new Map(
    specifiers.map((specifier, index) => {
      const source = program.getSourceFile(declarations[index] ?? "");
      const module = source && checker.getSymbolAtLocation(source);
      const symbols = module ? checker.getExportsOfModule(module) : [];
      return [specifier, symbols.map((symbol) => publicName(symbol, checker))];
    }),
  );
}

function publicName(exported: ts.Symbol, checker: ts.TypeChecker): PublicName {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  return {
    name: exported.name,
    documentation: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    isFunctionOrClass: (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)) !== 0,
    hasExample: symbol.getJsDocTags(checker).some(({ name }) => name === "example"),
  };
}
