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
  [/\b(?<!there )is none\b/i, "is invalid, is not a valid …"],
  [/\bis no (?:valid )?(?:JSON|HTTP|error|item|number|URL|document)\b/i, "is not valid JSON, is not an error"],
  [/\bwhat (?:is|are|there is|there are) (?:taken|left|there|more) of\b/i, "name the thing"],
  [/\b(?:an|the|its|no|every|each) answers?\b(?! to)/i, "response"],
  [/\banswers? (?:with )?[`\d]/i, "returns"],
  [/\b(?:is|are|was|were) answered with\b/i, "returns"],
  [/\bof which (?:you|nobody|nothing)\b/i, "whose outcome is unknown"],
  [/\b(?:growing|longer and longer) pauses\b/i, "increasing delays"],
  [/\bfor the moment\b/i, "temporarily"],
  [/\bto its end\b/i, "completely, until it ends"],
  [/\bshall\b/i, "must, does"],
];

/** An occurrence of a phrase to avoid. */
export interface Finding {
  /** Starts at 1. */
  readonly line: number;
  readonly phrase: string;
  readonly instead: string;
}

/** Fenced code, code in backticks, HTML comments, URLs and link targets. */
const IGNORED =
  /^[ \t>*+-]*(`{3,}(?=[^`\n]*$)|~{3,}).*?(?:^[ \t>]*\1[`~]*[ \t]*$|(?!.))|(`+)(?:[^\n]|\n(?!\s*\n))+?\2|<!--.*?-->|(?:https?:\/\/|\]\()[^\s)>]+/gms;

/** The space between two words of a phrase, which may contain a line break but not the end of a paragraph. */
const SPACE = "(?:[ \\t]+|[ \\t]*\\n[ \\t>]*)";

/** Finds the phrases to avoid in a page. Code, HTML comments and URLs are ignored. */
export function findPhrases(text: string): Finding[] {
  // Ignored text keeps its line breaks, so that findings have the right line. Code becomes backticks, which some phrases contain.
  const prose = text.replaceAll(IGNORED, (ignored: string, _fence?: string, backticks?: string) =>
    ignored.replaceAll(/[^\n]/g, backticks === undefined ? "-" : "`"),
  );
  const findings = PHRASES.flatMap(([{ source, flags }, instead]) =>
    [...prose.matchAll(new RegExp(source.replaceAll(" ", SPACE), `${flags}g`))].map(({ 0: phrase, index }) => ({
      index,
      line: prose.slice(0, index).split("\n").length,
      phrase: phrase.replaceAll(/[\s>]+/g, " "),
      instead,
    })),
  );
  return findings.sort((a, b) => a.index - b.index).map(({ index, ...finding }) => finding);
}
