import { LineCounter, parseDocument, visit } from "yaml";
import { ConfigurationError } from "./configuration-error.ts";

/**
 * Reads YAML 1.2, and so JSON. What is empty is an empty object.
 *
 * @param name what to call the text, such as the path of its file
 * @throws {ConfigurationError} with line and column, but without a word of the text: it may hold a secret
 */
export function parseYaml(name: string, text: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const refusal = (offset: number, reason: string) => {
    const { line, col } = lines.linePos(offset);
    return new ConfigurationError([{ path: `${name}:${line}:${col}`, reason }]);
  };

  const [error] = [...document.errors, ...document.warnings];
  if (error) throw refusal(error.pos[0], `is not YAML (${error.code.toLowerCase().replaceAll("_", " ")})`);
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) throw refusal(alias.range?.[0] ?? 0, "refers to no anchor before it");
    },
  });
  return document.toJS() ?? {};
}
