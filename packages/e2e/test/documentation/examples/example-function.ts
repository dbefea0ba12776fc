import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import ts from "typescript-5";
import type { ExampleContext } from "./example-context.ts";
import { exampleModule } from "./example-module.ts";
import { examplePath } from "./public-names.ts";

/** Compiles an example to a function, to which you must pass the part of the context that the example uses. */
export function exampleFunction(code: string): (context: Partial<ExampleContext>) => Promise<void> {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(exampleModule(code), { compilerOptions });
  const exported: { example?: (context: Partial<ExampleContext>) => Promise<void> } = {};
  compileFunction(outputText, ["require", "exports"])(requirePackage, exported);
  if (exported.example === undefined) throw new Error("The module does not export an example.");
  return exported.example;
}

/** Loads a package as the client would, except for the one that the client does not depend on. */
function requirePackage(specifier: string): unknown {
  const from = specifier === "@memory-api/conformance/consumer" ? import.meta.url : examplePath;
  return createRequire(from)(specifier);
}
