import { CharSet, type Concatenation, DFA, type Element, JS, NFA, type Node, type NoParent } from "refa";

/**
 * Two noncharacters mark the ends of the text, so that `^` and `$` become ordinary characters. The automata of refa do not
 * support assertions.
 */
const START = 0x10fffe;
const END = 0x10ffff;
const START_MARK = "\\u{10fffe}";
const END_MARK = "\\u{10ffff}";
const ANY_TEXT = "[\\0-\\u{10fffd}]*";
const MAX_CHARACTER = 0x10ffff;
const MAX_NODES = 30_000;

/** Deterministic automaton over code points, between the marks of both ends. */
export type PatternAutomaton = DFA;

const automata = new Map<string, PatternAutomaton>();

/**
 * Returns the automaton of the texts in which a pattern matches, as `RegExp` with the flag `u` searches for it.
 *
 * @throws {Error} if the pattern is invalid, is not regular (word boundaries, backreferences, lookaround other than lookahead
 * directly after a leading `^`), or is too large
 */
export function patternAutomaton(pattern: string): PatternAutomaton {
  const known = automata.get(pattern);
  if (known !== undefined) return known;
  new RegExp(pattern, "u");
  const automaton = expressionAutomaton(parse(pattern));
  automata.set(pattern, automaton);
  return automaton;
}

function expressionAutomaton(alternatives: NoParent<Concatenation>[]): PatternAutomaton {
  const lookaheads = takeLeadingLookaheads(alternatives);
  const searched = [parse(`(?:${START_MARK}${ANY_TEXT})?`), alternatives, parse(`(?:${ANY_TEXT}${END_MARK})?`)];
  const quantified = searched.map(
    (part) => ({ type: "Quantifier", alternatives: part, min: 1, max: 1, lazy: false }) as const,
  );
  const concatenation: NoParent<Concatenation> = { type: "Concatenation", elements: quantified };
  replaceAnchors(concatenation);
  const limit = new NFA.LimitedNodeFactory(MAX_NODES);
  const found = NFA.fromRegex([concatenation], { maxCharacter: MAX_CHARACTER }, { assertions: "throw" }, limit);
  const automaton = determinize(NFA.fromIntersection(found, everyText(), new NFA.LimitedNodeFactory(MAX_NODES)));
  return lookaheads.reduce(intersection, automaton);
}

/** Removes the lookaheads directly after the `^` of an expression without alternatives, and returns their automata. */
function takeLeadingLookaheads(alternatives: NoParent<Concatenation>[]): PatternAutomaton[] {
  const [only, ...others] = alternatives;
  const [anchor, ...rest] = only?.elements ?? [];
  if (only === undefined || others.length > 0 || anchor === undefined || anchorCharacter(anchor) !== START) return [];
  const end = rest.findIndex(
    (node) => node.type !== "Assertion" || node.kind !== "ahead" || anchorCharacter(node) !== undefined,
  );
  const lookaheads = rest.slice(0, end === -1 ? rest.length : end);
  only.elements = [anchor, ...rest.slice(lookaheads.length)];
  return lookaheads.flatMap((node) => {
    if (node.type !== "Assertion") return [];
    const group = { type: "Quantifier", alternatives: node.alternatives, min: 1, max: 1, lazy: false } as const;
    const automaton = expressionAutomaton([{ type: "Concatenation", elements: [anchor, group] }]);
    return [node.negate ? complement(automaton) : automaton];
  });
}

function parse(source: string): NoParent<Concatenation>[] {
  const parser = JS.Parser.fromLiteral({ source, flags: "u" });
  return parser.parse({ backreferences: "throw", maxBackreferenceWords: 0, assertions: "parse" }).expression
    .alternatives;
}

/** @throws {Error} if the automaton becomes too large */
export function intersection(one: PatternAutomaton, other: PatternAutomaton): PatternAutomaton {
  return smaller(DFA.fromIntersection(one, other, new DFA.LimitedNodeFactory(MAX_NODES)));
}

/** Returns the automaton of all texts that the given one rejects. */
export function complement(automaton: PatternAutomaton): PatternAutomaton {
  const copy = automaton.copy();
  copy.complement(new DFA.LimitedNodeFactory(MAX_NODES));
  return intersection(copy, everyText());
}

let every: PatternAutomaton | undefined;

export function everyText(): PatternAutomaton {
  const alternatives = parse(`${START_MARK}${ANY_TEXT}${END_MARK}`);
  every ??= determinize(NFA.fromRegex(alternatives, { maxCharacter: MAX_CHARACTER }));
  return every;
}

function determinize(automaton: NFA): PatternAutomaton {
  return smaller(DFA.fromFA(automaton, new DFA.LimitedNodeFactory(MAX_NODES)));
}

/** Minimizing takes quadratic time, and a long automaton is usually a chain, which is minimal already. */
function smaller(automaton: DFA): PatternAutomaton {
  if (automaton.countNodes() <= 2000) automaton.minimize();
  return automaton;
}

/** Replaces `^` and `$`, which refa parses as assertions of "no character before" and "no character after". */
function replaceAnchors(node: NoParent<Node>): void {
  if (node.type === "Concatenation") node.elements = withoutAnchors(node.elements);
  else if ("alternatives" in node) for (const alternative of node.alternatives) replaceAnchors(alternative);
}

function withoutAnchors(elements: readonly NoParent<Element>[]): NoParent<Element>[] {
  return elements.flatMap((element, index) => {
    const character = anchorCharacter(element);
    if (character === undefined) replaceAnchors(element);
    else if (character === anchorCharacter(elements[index + 1])) return [];
    if (character === undefined) return [element];
    return [{ type: "CharacterClass", characters: CharSet.fromCharacter(MAX_CHARACTER, character) }];
  });
}

function anchorCharacter(node: NoParent<Element> | undefined): number | undefined {
  if (node?.type !== "Assertion" || !node.negate || node.alternatives.length !== 1) return undefined;
  const [only, ...others] = node.alternatives[0]?.elements ?? [];
  if (others.length > 0 || only?.type !== "CharacterClass" || !only.characters.isAll) return undefined;
  return node.kind === "behind" ? START : END;
}

/** A compact form for generation: the marks of both ends are removed. */
export interface WordGraph {
  readonly accepting: readonly boolean[];
  readonly edges: readonly (readonly WordEdge[])[];
}

export interface WordEdge {
  readonly target: number;
  readonly ranges: readonly { readonly min: number; readonly max: number }[];
}

/** The first state is the initial one. Returns no states if the automaton accepts no text. */
export function wordGraph(automaton: PatternAutomaton): WordGraph {
  automaton.removeUnreachable();
  const first = automaton.initial.out.get(START);
  const accepting: boolean[] = [];
  const edges: WordEdge[][] = [];
  if (first === undefined) return { accepting, edges };
  const numbers = new Map<DFA.ReadonlyNode, number>([[first, 0]]);
  const order: DFA.ReadonlyNode[] = [first];
  for (const node of order) {
    const last = node.out.get(END);
    accepting.push(last !== undefined && automaton.finals.has(last as DFA.Node));
    const byTarget = new Map<DFA.ReadonlyNode, { min: number; max: number }[]>();
    for (const [range, target] of node.out) {
      if (range.min >= START) continue;
      const ranges = byTarget.get(target);
      if (ranges === undefined) byTarget.set(target, [range]);
      else ranges.push(range);
    }
    edges.push(
      [...byTarget].map(([target, ranges]) => {
        let number = numbers.get(target);
        if (number === undefined) {
          number = order.length;
          numbers.set(target, number);
          order.push(target);
        }
        return { target: number, ranges };
      }),
    );
  }
  return { accepting, edges };
}
