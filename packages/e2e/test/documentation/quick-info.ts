import ts from "typescript-5";

const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  types: [],
};

/** What an editor shows over the place after the mark `‸` in a file of this name and source: declaration, text and tags. */
export function quickInfo(file: string, marked: string): string {
  const source = marked.replace("‸", "");
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
  const { displayParts, documentation, tags = [] } = service.getQuickInfoAtPosition(file, marked.indexOf("‸")) ?? {};
  const told = tags.map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`);
  return [ts.displayPartsToString(displayParts), ts.displayPartsToString(documentation), ...told].join("\n");
}
