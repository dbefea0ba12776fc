/** Numbers that implementations get wrong, each with a description. */
export const NUMBERS: readonly (readonly [number, string])[] = [
  [2 ** 31 - 1, "the largest 32-bit integer"],
  [2 ** 31, "one more than the largest 32-bit integer"],
  [-(2 ** 31) - 1, "one less than the smallest 32-bit integer"],
  [2 ** 53 - 1, "the largest safe integer"],
  [2 ** 53, "2^53"],
  [-(2 ** 53), "-2^53"],
  [2 ** 63, "2^63"],
  [1e21, "an integer that is written with an exponent"],
  [0.1 + 0.2, "a decimal with rounding errors"],
  [Number.MAX_VALUE, "the largest number"],
  [Number.MIN_VALUE, "the smallest positive number"],
];

/** Strings that implementations get wrong, each with a description. */
export const TEXTS: readonly (readonly [string, string])[] = [
  [" ", "a space"],
  [" a ", "a string between spaces"],
  ["\n", "a line break"],
  ["\u0000", "the character NUL"],
  ["a\u0000b", "a string that contains NUL"],
  ["\u007f", "a control character"],
  ["\u{1f600}", "a character outside of the BMP"],
  ["e\u0301", "a letter with a combining accent"],
  ["\u{1f468}\u200d\u{1f469}\u200d\u{1f467}", "several code points that are displayed as one character"],
  ["\ud800", "a lone high surrogate"],
  ["\udc00", "a lone low surrogate"],
  ["\ufeffa", "a byte order mark"],
  ["\u202eabc", "a mark that reverses the direction"],
  ["\u2028", "a line separator"],
  ["\uffff", "a noncharacter"],
  ["\u0130", "a letter that becomes longer in lower case"],
  ["null", "the text null"],
  ["__proto__", "the name of an inherited property"],
  ["'\"\\<>&;`$", "characters with a meaning in other languages"],
];
