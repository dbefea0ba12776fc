import { isRecord } from "../json.ts";
import { escapedToken, unescapedToken } from "../json-pointer.ts";

/** A schema that a reference leads to. */
export interface Target {
  readonly schema: unknown;
  readonly pointer: string;
}

interface Place {
  readonly base: string;
  readonly pointer: string;
}

/** The base of documents without an `$id`. */
const BASE = "https://document.invalid/";
/** Keywords whose values are data. An `$id` in them identifies nothing. */
const DATA: ReadonlySet<string> = new Set(["const", "enum", "default", "example", "examples"]);

/** Resolves references by `$id`, `$anchor` and JSON pointer in a document. */
export class ReferenceIndex {
  readonly #places = new Map<unknown, Place>();
  readonly #resources = new Map<string, Target>();
  readonly #anchors = new Map<string, Target>();

  /** @param schema may be outside of the document, in which case its local references refer to the document, too */
  constructor(document: unknown, schema: unknown) {
    this.#resources.set(BASE, { schema: document, pointer: "" });
    this.#visit(document, BASE, "");
    if (!this.#places.has(schema)) this.#visit(schema, BASE, "");
  }

  pointerOf(schema: unknown): string {
    return this.#places.get(schema)?.pointer ?? "";
  }

  resolve(source: object, reference: string): Target | undefined {
    const base = this.#places.get(source)?.base ?? BASE;
    const absolute = resolved(reference, base);
    if (absolute === undefined) return undefined;
    const [resource = "", fragment = ""] = absolute.split("#", 2);
    const root = this.#resources.get(resource);
    const decoded = decodedFragment(fragment);
    if (root === undefined || decoded === undefined) return undefined;
    if (decoded === "") return root;
    if (!decoded.startsWith("/")) return this.#anchors.get(`${resource}#${decoded}`);
    let schema = root.schema;
    for (const token of decoded.slice(1).split("/")) {
      const name = unescapedToken(token);
      if (Array.isArray(schema)) schema = schema[Number(name)];
      else if (isRecord(schema) && Object.hasOwn(schema, name)) schema = schema[name];
      else return undefined;
    }
    return schema === undefined ? undefined : { schema, pointer: root.pointer + decoded };
  }

  #visit(value: unknown, outerBase: string, pointer: string): void {
    if (typeof value !== "object" || value === null || this.#places.has(value)) return;
    let base = outerBase;
    if (isRecord(value)) {
      const { $id: id, $anchor: anchor } = value;
      if (typeof id === "string") {
        base = resolved(id, outerBase)?.split("#")[0] ?? outerBase;
        this.#resources.set(base, { schema: value, pointer });
      }
      if (typeof anchor === "string") this.#anchors.set(`${base}#${anchor}`, { schema: value, pointer });
    }
    this.#places.set(value, { base, pointer });
    for (const [name, child] of Object.entries(value)) {
      if (!DATA.has(name)) this.#visit(child, base, `${pointer}/${escapedToken(name)}`);
    }
  }
}

function resolved(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

function decodedFragment(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}
