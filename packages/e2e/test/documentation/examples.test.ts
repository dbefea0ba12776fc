import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-5";
import { describe, expect, it } from "vitest";

const packages = fileURLToPath(new URL("../../../", import.meta.url));
const consumer = fileURLToPath(new URL("consumer.ts", import.meta.url));

/** What an example may take for granted: the names of the packages, and what whoever reads it has at hand. */
const around = (code: string) => `
import { createMemoryClient, MemoryApiError, type MemoryClient } from "@memory-api/client";
import { type Mock, startMock } from "@memory-api/mock";
import type { ErrorOf, ProfileId, ResponseOf, StoreId } from "@memory-api/types";
export async function example(memory: MemoryClient, mock: Mock, storeId: StoreId, profileId: ProfileId, authorization: string) {
  {
${code}
  }
}`;

/** The examples in the comments of a package, as they stand there. */
const examples = ["client", "mock", "types"].flatMap((name) => {
  const sources = readdirSync(join(packages, name, "src"), { recursive: true, encoding: "utf8" });
  return sources
    .filter((file) => file.endsWith(".ts") && !file.includes("generated"))
    .flatMap((file) => {
      const source = readFileSync(join(packages, name, "src", file), "utf8");
      const blocks = source.matchAll(/@example\n(.*?)\n *\*\//gs);
      return [...blocks].map(([, block = ""], index) => ({
        file: `${name}/src/${file}`,
        number: index + 1,
        code: block.replaceAll(/^ *\* ?/gm, ""),
      }));
    });
});

describe("the examples in comments", () => {
  it.each(examples)("$file, number $number, compiles", ({ code }) => {
    expect(faultsOf(code)).toEqual([]);
  });

  it("are there, and a wrong one is refused", () => {
    expect(examples.length).toBeGreaterThan(5);
    expect(faultsOf("memory.operations.fetchProfil();")).toHaveLength(1);
  });
});

/** What the compiler says of an example. */
function faultsOf(code: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
    types: ["node"],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === consumer || fileExists(name);
  host.getSourceFile = (name, target, ...rest) =>
    name === consumer ? ts.createSourceFile(name, around(code), target) : getSourceFile(name, target, ...rest);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([consumer], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
