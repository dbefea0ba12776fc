import fc from "fast-check";
import type { Shape } from "../schema/shape.ts";
import { checked, findSample } from "../valid/checked.ts";
import { hasFormat, textFormat } from "./formats.ts";
import {
  complement,
  everyText,
  intersection,
  patternAutomaton,
  type WordGraph,
  wordGraph,
} from "./pattern-automaton.ts";
import { wordArbitrary } from "./word-arbitrary.ts";

/** Longer texts repeat a short one. */
const LONG = 200;
/** Longer texts are not generated. */
const MAX_LENGTH = 200_000;
/** Texts of exactly the maximum length are generated up to this length. */
const MAX_EDGE = 20_000;

/** Strings that a shape accepts. Returns undefined if none was found. */
export function textArbitrary(shape: Shape): fc.Arbitrary<string> | undefined {
  if (shape.minLength > MAX_LENGTH) return undefined;
  const accepts = (text: string) => acceptsText(shape, text);
  const formats = shape.formats.flatMap((name) => textFormat(name) ?? []);
  const examples = [...formats.flatMap(({ unusual }) => unusual), ...misses(shape)].filter(accepts);
  const candidates = candidateTexts(shape, accepts);
  if (examples.length === 0) return candidates && needsCheck(shape) ? checked(candidates, accepts) : candidates;
  const unusual = fc.constantFrom(...examples);
  if (candidates === undefined) return unusual;
  const weight = shape.notFormats.length > 0 ? 1 : 9;
  return checked(fc.oneof({ arbitrary: candidates, weight }, { arbitrary: unusual, weight: 1 }), accepts);
}

function acceptsText(shape: Shape, text: string): boolean {
  const length = codePoints(text);
  if (length < shape.minLength || length > shape.maxLength) return false;
  if (!shape.patterns.every((pattern) => expressionOf(pattern).test(text))) return false;
  if (shape.notPatterns.some((pattern) => expressionOf(pattern).test(text))) return false;
  return (
    shape.formats.every((name) => hasFormat(name, text)) && !shape.notFormats.some((name) => hasFormat(name, text))
  );
}

/** The length of a text as JSON Schema counts it. */
function codePoints(text: string): number {
  let pairs = 0;
  for (let index = 1; index < text.length; index++) {
    const isLow = (text.charCodeAt(index) & 0xfc00) === 0xdc00;
    if (isLow && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800) pairs++;
  }
  return text.length - pairs;
}

/** One character each: ASCII, from several scripts, outside of the BMP, combining, a control character, a line separator. */
const NOTABLE = [
  ..."aZ0 \0\n\u00e9\u00df\u0301\u0130\u05d0\u0e01\u200d\u2028\u4e2d\ufeff\ufffd\u{1f600}\u{1f1e9}\u{20000}",
];
const SCALARS = 0x110000 - 0x800;

/**
 * Any character: half of them notable ones. The unit `binary` of fast-check would do for the other half, but builds a table of
 * all characters first, which takes most of a second.
 */
const anyCharacter = fc.integer({ min: 0, max: 2 * SCALARS - 1 }).map(
  (index) => (index >= SCALARS ? (NOTABLE[index % NOTABLE.length] ?? "") : String.fromCodePoint(scalar(index))),
  (character) => {
    if (typeof character !== "string" || codePoints(character) !== 1) throw new Error("Not a character.");
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) throw new Error("A surrogate.");
    return code > 0xdfff ? code - 0x800 : code;
  },
);

/** Skips the surrogates. */
function scalar(index: number): number {
  return index >= 0xd800 ? index + 0x800 : index;
}

/** Any text, of some length in code points. Half of the texts are printable ASCII. */
function plainTexts(minLength: number, maxLength: number): fc.Arbitrary<string> {
  if (minLength > LONG) return repeatedTexts(minLength, Math.min(maxLength, minLength + LONG));
  const most = maxLength === Infinity ? {} : { maxLength };
  const arbitraries = [
    { arbitrary: fc.string({ minLength, ...most }), weight: 6 },
    { arbitrary: fc.string({ unit: anyCharacter, minLength, ...most }), weight: 5 },
  ];
  if (maxLength > LONG / 20 && maxLength <= MAX_EDGE) {
    arbitraries.push({ arbitrary: repeatedTexts(maxLength, maxLength), weight: 1 });
  }
  return fc.oneof(...arbitraries);
}

function repeatedTexts(minLength: number, maxLength: number): fc.Arbitrary<string> {
  const part = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 8 }).map((text) => [...text]);
  const length = minLength === maxLength ? fc.constant(minLength) : fc.integer({ min: minLength, max: maxLength });
  return fc.tuple(part, length).map(([characters, count]) => {
    const rest = characters.slice(0, count % characters.length).join("");
    return characters.join("").repeat(Math.floor(count / characters.length)) + rest;
  });
}

function candidateTexts(shape: Shape, accepts: (text: string) => boolean): fc.Arbitrary<string> | undefined {
  const { minLength, maxLength } = shape;
  const patterned = shape.patterns.length > 0 || shape.formats.some((name) => textFormat(name)?.pattern !== "[^]*");
  if (!patterned) {
    const plain = plainTexts(minLength, maxLength);
    if (shape.notPatterns.length === 0 || findSample(plain, accepts, 40) !== undefined) return plain;
  }
  const withFormats = graphOf(shape, shape.formats);
  const limit = Math.min(maxLength, ...shape.formats.map((name) => textFormat(name)?.maxLength ?? Infinity));
  const words = withFormats && wordArbitrary(withFormats, minLength, limit);
  if (words !== undefined || shape.formats.length === 0) return words;
  const withoutFormats = graphOf(shape, []);
  const others = withoutFormats && wordArbitrary(withoutFormats, minLength, maxLength);
  return others !== undefined && findSample(others, accepts) !== undefined ? others : undefined;
}

/** Formats are checked in any case: what is generated for them is a guess if a format is excluded. */
function needsCheck(shape: Shape): boolean {
  return shape.notPatterns.length > 0 || shape.notFormats.length > 0 || shape.formats.length > 0;
}

function graphOf(shape: Shape, formats: readonly string[]): WordGraph | undefined {
  const sources = formats.map((name) => `^(?:${textFormat(name)?.pattern ?? "[^]*"})$`);
  const automata = [...shape.patterns, ...sources].map(patternAutomaton);
  const excluded = shape.notPatterns.map((pattern) => complement(patternAutomaton(pattern)));
  try {
    return wordGraph([...automata, ...excluded].reduce(intersection, everyText()));
  } catch {
    return undefined; // too large
  }
}

function misses(shape: Shape): readonly string[] {
  return shape.notFormats.flatMap((name) => textFormat(name)?.nearMisses ?? []);
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(pattern, "u");
    expressions.set(pattern, expression);
  }
  return expression;
}
