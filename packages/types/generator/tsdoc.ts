/** The content of a comment: the text, then the tags. */
interface Documentation {
  readonly text: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[] | undefined;
}

/** Returns a TSDoc comment without its delimiters, since the compiler and our own generators add them in different ways. */
export function tsdoc({ text, default: fallback, examples = [] }: Documentation): string {
  const tags = [
    ...(fallback === undefined ? [] : [`@default ${formatted(fallback)}`]),
    ...examples.map((example) => `@example ${formatted(example)}`),
  ];
  const content = [text.trim(), tags.join("\n")].filter(Boolean).join("\n\n").replaceAll("*/", "*\\/");
  if (!content.includes("\n")) return `* ${content} `;
  return ["*", ...content.split("\n").map((line) => ` * ${line}`.trimEnd()), " "].join("\n");
}

function formatted(value: unknown): string {
  return typeof value === "string" ? value.trim() : JSON.stringify(value, null, 2);
}
