import fc from "fast-check";
import type { WordEdge, WordGraph } from "./pattern-automaton.ts";

/** By default, a text is at most this much longer than the shortest possible one. */
const SPREAD = 20;
/** The most that the table of feasible lengths may hold. */
const MAX_TABLE = 60_000_000;

/** An edge, with the characters that are easy to read first: most texts should be readable, but not all of them ASCII. */
interface Choice {
  readonly target: number;
  readonly readable: readonly number[];
  readonly ranges: readonly { readonly min: number; readonly max: number }[];
}

/**
 * Texts that an automaton accepts, with a length in code points between two bounds.
 *
 * @returns undefined if there are none
 */
export function wordArbitrary(
  graph: WordGraph,
  minLength: number,
  maxLength: number,
): fc.Arbitrary<string> | undefined {
  const words = Words.of(graph, minLength, maxLength);
  return words && new WordArbitrary(words);
}

class WordArbitrary extends fc.Arbitrary<string> {
  readonly #words: Words;

  constructor(words: Words) {
    super();
    this.#words = words;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<string> {
    const { lengths } = this.#words;
    const atEdge = bias !== undefined && random.nextInt(1, bias + 1) === 1;
    const last = lengths.length - 1;
    const index = atEdge ? (random.nextInt(0, 1) === 0 ? 0 : last) : random.nextInt(0, last);
    return new fc.Value(this.#words.random(lengths[index] ?? 0, random), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is string {
    return typeof value === "string" && this.#words.includes([...value]);
  }

  override shrink(value: string): fc.Stream<fc.Value<string>> {
    return fc.stream(this.#words.simpler(value)).map((word) => new fc.Value(word, undefined));
  }
}

class Words {
  readonly #choices: readonly (readonly Choice[])[];
  readonly #graph: WordGraph;
  /** `#ends[n]` tells for each state whether a text of n more characters is accepted. */
  readonly #ends: readonly Uint8Array[];
  readonly lengths: readonly number[];

  static of(graph: WordGraph, minLength: number, maxLength: number): Words | undefined {
    if (graph.accepting.length === 0) return undefined;
    const ends = [Uint8Array.from(graph.accepting, Number)];
    const lengths: number[] = [];
    const states = graph.accepting.length;
    for (let length = 0; length <= maxLength; length++) {
      const reached = ends[length] ?? extended(graph, ends, length);
      if (reached.every((end) => end === 0)) break;
      if (reached[0] === 1 && length >= minLength) lengths.push(length);
      if (lengths.length > 0 && length >= (lengths[0] ?? 0) + SPREAD && maxLength > 300) break;
      if ((length + 1) * states > MAX_TABLE) break;
      if (lengths.length === 0 && length > minLength + states) break;
    }
    return lengths.length === 0 ? undefined : new Words(graph, ends, lengths);
  }

  private constructor(graph: WordGraph, ends: readonly Uint8Array[], lengths: readonly number[]) {
    this.#graph = graph;
    this.#ends = ends;
    this.lengths = preferred(lengths);
    this.#choices = graph.edges.map((edges) => edges.map(choice));
  }

  random(length: number, random: fc.Random): string {
    let text = "";
    let state = 0;
    for (let rest = length - 1; rest >= 0; rest--) {
      const { target, readable, ranges } = this.#viable(state, rest, random);
      text += String.fromCodePoint(randomCharacter(readable, ranges, random));
      state = target;
    }
    return text;
  }

  #viable(state: number, rest: number, random: fc.Random): Choice {
    const choices = this.#choices[state] ?? [];
    const ends = this.#ends[rest];
    let count = 0;
    let only: Choice | undefined;
    for (const each of choices) {
      if (ends?.[each.target] !== 1) continue;
      only = each;
      count++;
    }
    if (only === undefined) throw new Error("The automaton has no way out of a state that can end.");
    if (count === 1) return only;
    let skipped = random.nextInt(0, count - 1);
    for (const each of choices) if (ends?.[each.target] === 1 && skipped-- === 0) return each;
    return only;
  }

  /** Returns the text of a length that takes the first edge and the first character everywhere. */
  simplest(length: number): string {
    let text = "";
    let state = 0;
    for (let rest = length - 1; rest >= 0; rest--) {
      const next = this.#choices[state]?.find(({ target }) => this.#ends[rest]?.[target] === 1);
      if (next === undefined) throw new Error("The automaton has no way out of a state that can end.");
      text += String.fromCodePoint(next.readable[0] ?? next.ranges[0]?.min ?? 0);
      state = next.target;
    }
    return text;
  }

  includes(characters: readonly string[]): boolean {
    let state: number | undefined = 0;
    for (const character of characters) {
      const code = character.codePointAt(0) ?? 0;
      const edges: readonly WordEdge[] = this.#graph.edges[state] ?? [];
      state = edges.find(({ ranges }) => ranges.some(({ min, max }) => min <= code && code <= max))?.target;
      if (state === undefined) return false;
    }
    return this.#graph.accepting[state] === true && this.lengths.includes(characters.length);
  }

  /** Yields simpler texts: the simplest ones of each length, then the text without a part of it. */
  *simpler(value: string): IterableIterator<string> {
    const characters = [...value];
    const { length } = characters;
    for (const shorter of this.lengths.toSorted((one, other) => one - other)) {
      if (shorter < length) yield this.simplest(shorter);
    }
    for (let size = length >> 1; size > 0; size >>= 1) {
      for (let from = 0; from + size <= length; from += size) {
        const rest = characters.toSpliced(from, size);
        if (this.includes(rest)) yield rest.join("");
      }
    }
    if (this.lengths.includes(length) && value !== this.simplest(length)) yield this.simplest(length);
  }
}

function extended(graph: WordGraph, ends: Uint8Array[], length: number): Uint8Array {
  const before = ends[length - 1];
  const reached = Uint8Array.from(graph.edges, (edges) => (edges.some(({ target }) => before?.[target] === 1) ? 1 : 0));
  ends.push(reached);
  return reached;
}

/** The lengths near the shortest one, and the longest one. */
function preferred(lengths: readonly number[]): readonly number[] {
  const [shortest = 0] = lengths;
  const near = lengths.filter((length) => length <= shortest + SPREAD);
  const longest = lengths.at(-1) ?? shortest;
  return near.includes(longest) ? near : [...near, longest];
}

function choice({ target, ranges }: WordEdge): Choice {
  const readable: number[] = [];
  for (const { min, max } of ranges) {
    for (let code = Math.max(min, 0x20); code <= Math.min(max, 0x7e); code++) readable.push(code);
  }
  const letters = readable.filter((code) => code >= 0x61 && code <= 0x7a);
  const others = readable.filter((code) => code < 0x61 || code > 0x7a);
  const scalars = ranges.flatMap(withoutSurrogates);
  const isAscii = ranges.every(({ min, max }) => min >= 0x20 && max <= 0x7e);
  return { target, readable: [...letters, ...others], ranges: isAscii ? [] : scalars.length > 0 ? scalars : ranges };
}

function withoutSurrogates({ min, max }: { min: number; max: number }): { min: number; max: number }[] {
  if (max < 0xd800 || min > 0xdfff) return [{ min, max }];
  const below = { min, max: 0xd7ff };
  const above = { min: 0xe000, max };
  return [below, above].filter((range) => range.min <= range.max);
}

function randomCharacter(readable: Choice["readable"], ranges: Choice["ranges"], random: fc.Random): number {
  const takesReadable = readable.length > 0 && (ranges.length === 0 || random.nextInt(0, 7) > 0);
  if (takesReadable) return readable[random.nextInt(0, readable.length - 1)] ?? 0;
  const { min, max } = ranges[random.nextInt(0, ranges.length - 1)] ?? { min: 0, max: 0 };
  return random.nextInt(min, max);
}
