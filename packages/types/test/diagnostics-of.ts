import ts from "typescript";

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  skipLibCheck: false,
  types: [],
};

/** What a program of these files is refused for, each as `line: message`. */
export function diagnosticsOf(
  files: string[],
  { paths, source }: { paths?: Record<string, string[]>; source?: (text: string) => string } = {},
): { line: number; message: string }[] {
  const withPaths = paths === undefined ? options : { ...options, paths };
  const host = ts.createCompilerHost(withPaths);
  const { readFile } = host;
  if (source !== undefined) {
    host.readFile = (name) => (files.includes(name) ? source(readFile(name) ?? "") : readFile(name));
    host.getSourceFile = (name, languageVersion) => {
      const text = host.readFile(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, languageVersion);
    };
  }
  return ts.getPreEmitDiagnostics(ts.createProgram(files, withPaths, host)).map(({ file, start, messageText }) => ({
    line: file === undefined || start === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1,
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
  }));
}
