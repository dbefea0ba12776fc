/** Phrases that a technical page should not contain, each with the usual wording. */
const PHRASES: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\bwhoever\b/i, "the caller, users who, anyone who"],
  [/\bwhatever (?:is|it is|that is)\b/i, "everything that, regardless of"],
  [/\bfor ever\b/i, "permanently"],
  [/\b(?:is|are|was|were) told\b/i, "name who reports what: the client logs, the response contains"],
  [/\b(?:is|are) heard\b/i, "receives, reports"],
  [/\bcomes? to (?:be|start|nothing|rest)\b/i, "starts, becomes, fails"],
  [/\bbefalls?\b/i, "affects, applies to"],
  [/\bbears\b/i, "has, contains"],
  [/\blies? in\b/i, "is in, is stored in"],
  [/\bstands? (?:beside|in the|there|where)\b/i, "is next to, is in"],
  [/\bin vain\b/i, "without effect"],
  [/\bis none\b/i, "is invalid, is not a valid …"],
  [/\bis no (?:JSON|HTTP|error|item|number|URL|document)\b/i, "is not valid JSON, is not an error"],
  [/\bwhat (?:is|are|there is|there are) (?:taken|left|there|more) of\b/i, "name the thing"],
  [/\b(?:an|the|its|no|every|each|that) answers?\b(?! to)/i, "response"],
  [/\banswers? (?:with )?[`\d]/i, "returns"],
  [/\bis answered with\b/i, "returns"],
  [/\bof which (?:you|nobody|nothing)\b/i, "whose outcome is unknown"],
  [/\b(?:growing|longer and longer) pauses\b/i, "increasing delays"],
  [/\bfor the moment\b/i, "temporarily"],
  [/\bto its end\b/i, "completely, until it ends"],
  [/\bshall\b/i, "must, does"],
];

/** A phrase to avoid, and where it is. */
export interface Finding {
  /** 1 for the first line. */
  readonly line: number;
  readonly phrase: string;
  readonly instead: string;
}

/** Returns the phrases to avoid in a page. Code in backticks and fenced blocks is ignored. */
export function findPhrases(text: string): Finding[] {
  const prose = text.replaceAll(/^```.*?^```/gms, withoutWords).replaceAll(/`[^`\n]*`/g, withoutWords);
  return prose.split("\n").flatMap((line, index) =>
    PHRASES.flatMap(([pattern, instead]) => {
      const phrase = pattern.exec(line)?.[0];
      return phrase === undefined ? [] : [{ line: index + 1, phrase, instead }];
    }),
  );
}

/** Keeps the lines, so that a finding has the line of the page. */
function withoutWords(code: string): string {
  return code.replaceAll(/[^\n]/g, "`");
}
