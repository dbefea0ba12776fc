import { fullFormats } from "ajv-formats/dist/formats.js";

/** What this package knows of a format of strings. */
export interface TextFormat {
  /** Texts that everyone accepts. It need not match every valid text. */
  readonly pattern: string;
  readonly maxLength?: number;
  /** Texts that are valid, but that an implementation may overlook. */
  readonly unusual: readonly string[];
  /** Texts that are almost valid. */
  readonly nearMisses: readonly string[];
}

const DATE =
  "(\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))|(20[02468][048]|19[2468][048])-02-29)";
const TIME =
  "(([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+\\-]([01]\\d|2[0-3]):[0-5]\\d)|23:59:60(\\.\\d{1,3})?Z)";
const LABEL = "[a-z0-9]([a-z0-9\\-]{0,20}[a-z0-9])?";
const BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = `${BYTE}(\\.${BYTE}){3}`;
const GROUP = "[0-9a-fA-F]{1,4}";
const SEGMENT = "([a-z0-9A-Z._~!$&'()*+,;=@\\-]|%[0-9A-F]{2})*";
const TAIL = `(\\?${SEGMENT})?(#${SEGMENT})?`;
const URI = `((https?|ftp|wss?)://${LABEL}(\\.${LABEL})*(:[1-9]\\d{0,3})?(/${SEGMENT})*${TAIL}|urn:[a-z]{2,8}:[a-z0-9]+|mailto:[a-z]+@[a-z]+\\.com)`;
const POINTER = "(/([^~/\\u{0}-\\u{1f}]|~[01])*)*";
const RELATIVE_TIMES = "(\\d{1,3}H(\\d{1,2}M(\\d{1,2}S)?)?|\\d{1,3}M(\\d{1,2}S)?|\\d{1,3}S)";
const DURATION = `P(((\\d{1,3}Y(\\d{1,2}M(\\d{1,2}D)?)?|\\d{1,2}M(\\d{1,2}D)?|\\d{1,3}D)(T${RELATIVE_TIMES})?)|T${RELATIVE_TIMES}|\\d{1,3}W)`;

const TIMES: TextFormat = {
  pattern: TIME,
  unusual: ["23:59:60Z", "00:00:00.000000001Z", "23:59:59-00:00", "12:30:00+23:59", "10:00:00z"],
  nearMisses: ["24:00:00Z", "12:60:00Z", "12:30:61Z", "22:59:60Z", "12:30Z", "12:30:00+24:00", "1:30:00Z"],
};
const DATE_TIMES: TextFormat = {
  pattern: `${DATE}T${TIME}`,
  unusual: [
    "2016-12-31T23:59:60Z",
    "2024-02-29T00:00:00.123456789+05:30",
    "0000-01-01T00:00:00Z",
    "2026-01-01t00:00:00z",
  ],
  nearMisses: [
    "2023-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01",
    "2026-01-01T00:00Z",
  ],
};
const ANY: TextFormat = { pattern: "[^]*", unusual: [], nearMisses: [] };

const FORMATS: Readonly<Record<string, TextFormat>> = {
  date: {
    pattern: DATE,
    unusual: ["2024-02-29", "0000-01-01", "9999-12-31", "2000-02-29"],
    nearMisses: ["2023-02-29", "1900-02-29", "2026-00-10", "2026-13-01", "2026-04-31", "26-01-01", "2026-1-1"],
  },
  time: TIMES,
  "iso-time": { ...TIMES, unusual: [...TIMES.unusual, "12:30:00"] },
  "date-time": DATE_TIMES,
  "iso-date-time": { ...DATE_TIMES, unusual: [...DATE_TIMES.unusual, "2026-01-01T12:30:00"] },
  duration: {
    pattern: DURATION,
    unusual: ["P0D", "PT0S", "P1Y2M3DT4H5M6S", "P52W"],
    nearMisses: ["P", "PT", "P1YT", "1D", "P1S", "P-1D", "p1d", "P1W2D"],
  },
  email: {
    pattern: `[a-z0-9A-Z!#$%&'*+/=?^_\`{|}~\\-]{1,12}(\\.[a-z0-9A-Z_]{1,10})*@(${LABEL}\\.)+[a-z]{2,8}`,
    maxLength: 254,
    unusual: ["a@b.co", "first.last+tag@sub.example.com", "!#$%&'*+/=?^_`{|}~-@example.org", "1@1.aa"],
    nearMisses: [
      "@example.com",
      "a@",
      "a@b@c.com",
      "a..b@example.com",
      ".a@example.com",
      "a b@example.com",
      "a@-b.com",
    ],
  },
  hostname: {
    pattern: `${LABEL}(\\.${LABEL})*`,
    maxLength: 253,
    unusual: ["a", "0", "xn--bcher-kva.example", `${"a".repeat(63)}.example`],
    nearMisses: ["-a.example", "a-.example", "a_b.example", "a..b", `${"a".repeat(64)}.example`, ".a"],
  },
  ipv4: {
    pattern: IPV4,
    unusual: ["0.0.0.0", "255.255.255.255"],
    nearMisses: ["256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.-4"],
  },
  ipv6: {
    pattern: `((${GROUP}:){7}${GROUP}|::(${GROUP}(:${GROUP}){0,5})?|(${GROUP}:){1,6}:${GROUP}|(${GROUP}:){6}${IPV4}|(${GROUP}:){1,7}:)`,
    unusual: ["::", "::1", "::ffff:192.0.2.1", "2001:DB8::8:800:200C:417A"],
    nearMisses: [":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "::g"],
  },
  uuid: {
    pattern: "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
    unusual: ["00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"],
    nearMisses: [
      "00000000-0000-0000-0000-00000000000",
      "00000000000000000000000000000000",
      "g0000000-0000-0000-0000-000000000000",
    ],
  },
  uri: {
    pattern: URI,
    unusual: ["https://example.com", "http://[::1]:80/", "urn:isbn:0451450523", "https://user@example.com/a?b=c#d"],
    nearMisses: [
      "//example.com",
      "/path",
      "http://exa mple.com",
      "https://example.com/%zz",
      "http//example.com",
      "http://[::1",
    ],
  },
  url: {
    pattern: `https?://[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+){0,2}\\.[a-z]{2,6}(:[1-9]\\d{2,3})?(/[a-z0-9._\\-]*)*`,
    unusual: ["ftp://example.com", "http://example.com/?q=%20"],
    nearMisses: ["https://", "example.com", "urn:a:b", "http://.com"],
  },
  "uri-reference": {
    pattern: `(${URI}|(/${SEGMENT})+${TAIL}|#${SEGMENT})?`,
    unusual: ["", "#", "?q", "../a", "//example.com/a"],
    nearMisses: ["\\\\server", "a b", "%zz", "^", "a|b", "<a>"],
  },
  "uri-template": {
    pattern: "(/[a-z0-9]+|\\{[a-z]+\\}|\\{\\?[a-z]+(,[a-z]+)*\\})*",
    unusual: ["", "/a/{b}", "{+path:30}", "{?x,y*}"],
    nearMisses: ["{", "}", "{a", "{a b}", "a b", "{}"],
  },
  regex: {
    pattern: "([a-z0-9]|\\([a-z0-9|]+\\)|\\[a-z0-9\\]|\\\\[dws]|[a-z][+*?]|\\.)*",
    unusual: ["", "^$", "a{2,3}", "(?<year>\\d{4})", "[^\\]]", "(?=a)"],
    nearMisses: ["(", ")", "[", "*", "a**", "(?<a", "\\", "a{2,1}"],
  },
  "json-pointer": {
    pattern: POINTER,
    unusual: ["", "/", "/~0~1", "/a//b", "/é"],
    nearMisses: ["a", "/~", "/~2", "#/a"],
  },
  "json-pointer-uri-fragment": {
    pattern: "#(/([a-z0-9_.\\-]|~[01])*)*",
    unusual: ["#", "#/", "#/%20"],
    nearMisses: ["", "/a", "#a", "#/~2", "#/ "],
  },
  "relative-json-pointer": {
    pattern: `(0|[1-9]\\d{0,3})(#|${POINTER})`,
    unusual: ["0", "0#", "1/a", "10/~0"],
    nearMisses: ["", "/a", "01", "-1", "0#/a", "#"],
  },
  byte: {
    pattern: "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
    unusual: ["", "AA==", "AAA="],
    nearMisses: ["A", "AA", "A===", "A_==", "AAA=A"],
  },
  password: ANY,
  binary: ANY,
};

const NUMBER_FORMATS = ["int32", "int64", "float", "double"] as const;
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

export function isNumberFormat(name: string): name is NumberFormat {
  return NUMBER_FORMATS.some((format) => format === name);
}

export function textFormat(name: string): TextFormat | undefined {
  return Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
}

/** Whether a text has a format, according to ajv-formats. */
export function hasFormat(name: string, text: string): boolean {
  const format: unknown = Object.hasOwn(fullFormats, name) ? fullFormats[name as keyof typeof fullFormats] : undefined;
  const check: unknown =
    typeof format === "object" && format !== null && "validate" in format ? format.validate : format;
  if (check instanceof RegExp) return check.test(text);
  return typeof check === "function" ? Boolean(check(text)) : true;
}
