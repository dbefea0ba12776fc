/** Text or bytes that are not valid JSON (RFC 8259), made from the text of a valid body. */
export const BROKEN_JSON: Readonly<Record<string, (text: string) => string | Uint8Array>> = {
  "no body": () => "",
  "only white space": () => " \n",
  "truncated JSON": (text) => text.slice(0, -1),
  "a comma at the end of an object": (text) => `${text.slice(0, -1)},}`,
  "text after the value": (text) => `${text}x`,
  "two values": (text) => `${text}${text}`,
  "single quotes": (text) => text.replaceAll('"', "'"),
  "a name without quotes": (text) => text.replace(/"(\w+)":/, "$1:"),
  "a comment": (text) => `/* comment */${text}`,
  "the literal NaN": (text) => `[NaN,${text}]`,
  "the literal Infinity": (text) => `[Infinity,${text}]`,
  "the literal undefined": () => "undefined",
  "a number with a leading zero": (text) => `[01,${text}]`,
  "a number without a fraction": (text) => `[1.,${text}]`,
  "a hexadecimal number": (text) => `[0x10,${text}]`,
  "an unknown escape": (text) => `["\\x41",${text}]`,
  "an incomplete escape": (text) => `["\\u12",${text}]`,
  "a line break in a string": (text) => `["\n",${text}]`,
  "a NUL in a string": (text) => `["\0",${text}]`,
  "a NUL after the value": (text) => `${text}\0`,
  "an unclosed nesting": () => "[".repeat(50_000),
  // With the byte in a string, a lenient decoder would replace it.
  "invalid UTF-8": (text) => Buffer.concat([Buffer.from('["'), Buffer.from([0xff]), Buffer.from(`",${text}]`)]),
  "a surrogate in UTF-8": (text) =>
    Buffer.concat([Buffer.from('["'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(`",${text}]`)]),
  "UTF-16": (text) => Buffer.from(text, "utf16le"),
};

/** Bodies that RFC 8259 lets a parser read in several ways, or reject. Neither may be a failure of the service. */
export const TOLERATED_JSON: Readonly<Record<string, (text: string) => string>> = {
  "a byte order mark": (text) => `\u{feff}${text}`,
  "a repeated name": (text) => text.replace(/^\{("\w+":)/, "{$1null,$1"),
  "a repeated name with the same value": (text) => `${text.slice(0, -1)},${text.slice(1)}`,
  "the name __proto__": (text) => `{"__proto__":{"traits":{}},${text.slice(1)}`,
  "the name constructor": (text) => `{"constructor":{"prototype":{}},${text.slice(1)}`,
  "a deep nesting": () => `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  "a number beyond a double": () => '{"fileSize":1e400}',
  "a number of a thousand digits": () => `{"fileSize":${"9".repeat(1000)}}`,
};
