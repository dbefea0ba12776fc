import ts from "typescript-5";
import { exampleModule } from "./example-module.ts";
import { declarationsOf, examplePath } from "./public-names.ts";

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  types: ["node"],
  // The examples are compiled in the folder of the client, which depends on neither.
  paths: Object.fromEntries(
    ["@memory-api/conformance/consumer", "@memory-api/mock"].map((specifier) => [
      specifier,
      [declarationsOf(specifier)],
    ]),
  ),
  allowImportingTsExtensions: true,
};

/**
 * Compiles examples as one program, which is faster than one program per example.
 *
 * @returns the error messages of each example
 */
export function compileExamples(examples: readonly string[]): string[][] {
  const modules = new Map(
    examples.map((code, index) => [examplePath.replace(".ts", `-${index}.ts`), exampleModule(code)]),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => modules.has(name) || fileExists(name);
  host.getSourceFile = (name, target, ...rest) => {
    const text = modules.get(name);
    return text === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return [...modules.keys()].map((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}
