/** What a comment says: the text, then the tags, each where there is something to say. */
interface Documentation {
  readonly text: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[] | undefined;
}

/** A TSDoc comment, without its `/*` and its end: the compiler and our own text put them on in different ways. */
export function tsdoc({ text, default: fallback, examples = [] }: Documentation): string {
  const tags = [
    ...(fallback === undefined ? [] : [`@default ${told(fallback)}`]),
    ...examples.map((example) => `@example ${told(example)}`),
  ];
  const says = [text.trim(), tags.join("\n")].filter(Boolean).join("\n\n").replaceAll("*/", "*\\/");
  if (!says.includes("\n")) return `* ${says} `;
  return ["*", ...says.split("\n").map((line) => ` * ${line}`.trimEnd()), " "].join("\n");
}

function told(value: unknown): string {
  return typeof value === "string" ? value.trim() : JSON.stringify(value, null, 2);
}
