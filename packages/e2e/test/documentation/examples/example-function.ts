import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import ts from "typescript-5";
import type { AtHand } from "./at-hand.ts";
import { exampleModule } from "./example-module.ts";
import { place } from "./public-names.ts";

/** An example as a function of what it takes of that which is at hand. */
export function exampleFunction(code: string): (given: Partial<AtHand>) => Promise<void> {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(exampleModule(code), { compilerOptions });
  const exported: { example?: (given: Partial<AtHand>) => Promise<void> } = {};
  compileFunction(outputText, ["require", "exports"])(createRequire(place), exported);
  if (exported.example === undefined) throw new Error("The module has no example.");
  return exported.example;
}
