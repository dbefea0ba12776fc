import ts from "typescript-5";
import { exampleModule } from "./example-module.ts";
import { declarationsOf, place } from "./public-names.ts";

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  types: ["node"],
  // The client, beside which the examples stand, has no mock.
  paths: { "@memory-api/mock": [declarationsOf("@memory-api/mock")] },
  allowImportingTsExtensions: true,
};

/** What the compiler says of examples, of each in its turn. All at once, since the packages are what takes the time. */
export function faultsOf(examples: readonly string[]): string[][] {
  const modules = new Map(examples.map((code, index) => [place.replace(".ts", `-${index}.ts`), exampleModule(code)]));
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
