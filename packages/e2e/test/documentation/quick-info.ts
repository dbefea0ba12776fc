import ts from "typescript-5";

const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  types: [],
};

/**
 * Returns the quick info that an editor shows for a symbol: its declaration, documentation and tags.
 *
 * @param file path of the file, which need not exist
 * @param markedSource source of the file, with a `‸` before the symbol
 */
export function quickInfo(file: string, markedSource: string): string {
  const source = markedSource.replace("‸", "");
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = name === file ? source : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
  });
  const {
    displayParts,
    documentation,
    tags = [],
  } = service.getQuickInfoAtPosition(file, markedSource.indexOf("‸")) ?? {};
  const tagLines = tags.map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`);
  return [ts.displayPartsToString(displayParts), ts.displayPartsToString(documentation), ...tagLines].join("\n");
}
