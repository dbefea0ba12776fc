import { DFA, isDisjointWith, JS, NFA, type NoParent } from "refa";

type Expression = NoParent<import("refa").Expression>;
type Element = NoParent<import("refa").Element>;

/** How a new pattern differs from an old one: it matches fewer strings, more strings, the same, or neither fewer nor more. */
export type PatternChange = "fewer" | "more" | "same" | "unknown";

/** Compares the strings that two patterns of JSON Schema match. `unknown` also stands for a pattern with lookaround or backreferences. */
export function comparePatterns(before: string, after: string): PatternChange {
  try {
    const [old, next] = [automatonOf(before), automatonOf(after)];
    const losesNone = isWithin(old, next);
    const gainsNone = isWithin(next, old);
    if (losesNone && gainsNone) return "same";
    if (losesNone) return "more";
    return gainsNone ? "fewer" : "unknown";
  } catch {
    return "unknown";
  }
}

function isWithin(inner: NFA, outer: NFA): boolean {
  const others = DFA.fromFA(outer);
  others.complement();
  return isDisjointWith(inner, others);
}

/** Builds an automaton for the whole string: a pattern without anchors matches anywhere in it. */
function automatonOf(pattern: string): NFA {
  const { expression, maxCharacter } = JS.Parser.fromLiteral({ source: pattern, flags: "u" }).parse();
  const any = JS.Parser.fromLiteral({ source: "[^]*", flags: "u" }).parse().expression.alternatives[0]?.elements ?? [];
  const alternatives = expression.alternatives.map(({ elements }) => {
    const isAnchored = (element: Element | undefined, kind: "ahead" | "behind") =>
      element?.type === "Assertion" && element.negate && element.kind === kind;
    const start = isAnchored(elements[0], "behind");
    const end = isAnchored(elements.at(-1), "ahead");
    const inner = elements.slice(start ? 1 : 0, end ? -1 : undefined);
    return { type: "Concatenation" as const, elements: [...(start ? [] : any), ...inner, ...(end ? [] : any)] };
  });
  const whole: Expression = { type: "Expression", alternatives };
  return NFA.fromRegex(whole, { maxCharacter });
}
