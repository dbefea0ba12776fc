import { LineCounter, parseDocument, visit } from "yaml";
import { ConfigurationError } from "./configuration-error.ts";

/**
 * Parses YAML 1.2, which includes JSON. An empty document is an empty object.
 *
 * @param name name of the text in errors, such as the path of its file
 * @throws {ConfigurationError} with line and column, but without any part of the text, which may contain a secret
 */
export function parseYaml(name: string, text: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const mistake = (offset: number, reason: string) => {
    const { line, col } = lines.linePos(offset);
    return new ConfigurationError([{ path: `${name}:${line}:${col}`, reason }]);
  };

  const [error] = [...document.errors, ...document.warnings];
  if (error) throw mistake(error.pos[0], `is not valid YAML (${error.code.toLowerCase().replaceAll("_", " ")})`);
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) throw mistake(alias.range?.[0] ?? 0, "refers to an unknown anchor");
    },
  });
  return document.toJS() ?? {};
}
