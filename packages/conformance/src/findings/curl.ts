import { gzipSync } from "node:zlib";
import { type Exchange, type HttpRequest, jsonOf } from "../http/exchange.ts";
import { type Person, peopleIn, uniqueNameOf } from "./people.ts";
import { OTHER_VARIABLES, VARIABLES } from "./redact.ts";

/** A body of more bytes is compressed. If it is still longer, it is left out. */
const MAX_BODY = 16_384;
/** Versions of curl differ in the length from which on they send `Expect: 100-continue`. This is the shortest. */
const MAX_WITHOUT_EXPECT = 1024;
/** Values that are shorter can occur by chance. */
const MIN_CAPTURED = 8;

/** Control and format characters, which a terminal would act on, or not show. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const CREDENTIALS = [VARIABLES, OTHER_VARIABLES].flatMap(({ user, password }) => [user, password]);

/** A value of a response that a later request uses, and the shell variable that holds it. */
interface Captured {
  readonly value: string;
  readonly variable: string;
  /** Properties and indexes that lead to it. */
  readonly path: readonly (string | number)[];
}

/** A text that commands contain as a variable, or in part. */
interface Replacement {
  readonly text: string;
  /** The words of the shell that stand for it. */
  readonly words: readonly string[];
}

/**
 * Returns commands for bash or zsh that send the requests of a finding again. They read credentials from the variables
 * `MEMORY_USER` and `MEMORY_PASSWORD`, and those of the other account from `MEMORY_OTHER_USER` and `MEMORY_OTHER_PASSWORD`.
 * IDs and URLs that a response contains are taken from the new response, by Node.js.
 *
 * @param people whose identifiers the commands replace by new ones each time. Otherwise, they write to the profiles that exist since the run
 */
export function toCurl(exchanges: readonly Exchange[], people: readonly Person[] = []): string {
  const captured: Captured[] = [];
  const commands: string[] = [];
  const renewed = renewedIn(exchanges, people);
  for (const [at, exchange] of exchanges.entries()) {
    const later = exchanges.slice(at + 1).map(({ request }) => textOf(request));
    const found = valuesToCapture(exchange, later, captured);
    const replacements = [
      ...captured.map(({ value, variable }) => ({ text: value, words: [`"$${variable}"`] })),
      ...CREDENTIALS.map((name) => ({ text: `$${name}`, words: [`"$${name}"`] })),
      ...renewed,
    ];
    commands.push(...commandsOf(exchange.request, replacements, found, at));
    captured.push(...found);
  }
  const isRenewed = renewed.some(({ words }) => commands.some((command) => command.includes(words.join(""))));
  return [...(isRenewed ? [NEW_RUN] : []), ...commands].join("\n");
}

/** Eight random digits, which replace as many characters, so that no length changes. */
const NEW_RUN = "RUN=$((RANDOM % 9000 + 1000))$((RANDOM % 9000 + 1000))";
const RUN_LENGTH = 8;
/** Of the last digits of a phone number. */
const LINE_LENGTH = 4;

/** The identifiers of the people that commands can renew. A body that is encoded in the command contains others as they were. */
function renewedIn(exchanges: readonly Exchange[], people: readonly Person[]): Replacement[] {
  const encoded = exchanges.filter(({ request }) => request.body !== undefined && !isShown(Buffer.from(request.body)));
  if (peopleIn(encoded, people).length > 0) return [];
  const text = exchanges.map(({ request }) => textOf(request)).join("\n");
  return people.flatMap((person) => {
    const name = uniqueNameOf(person);
    const names = [name, name.toUpperCase()].map((each) => ({
      text: each,
      words: [quoteLiteral(each.slice(0, -RUN_LENGTH)), '"$RUN"'],
    }));
    const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(person.phone) ?? [];
    const spellings = text.matchAll(new RegExp(`${area}(?:\\D{0,2})${exchange}\\D?${line}`, "g"));
    const phones = [...new Set([...spellings].map(([spelling]) => spelling))].map((each) => ({
      text: each,
      words: [quoteLiteral(each.slice(0, -LINE_LENGTH)), `"\${RUN:${LINE_LENGTH}}"`],
    }));
    return [...names, ...phones];
  });
}

function commandsOf(
  request: HttpRequest,
  replacements: readonly Replacement[],
  found: readonly Captured[],
  at: number,
): string[] {
  const command = commandOf(request, replacements);
  if (found.length === 0) return [command.replace("curl -sS", "curl -isS")];
  const response = `RESPONSE_${at + 1}`;
  return [
    `${response}=$(${command})`,
    `echo "$${response}"`,
    ...found.map(({ variable, path }) => {
      const expression = path.map((step) => `[${JSON.stringify(step)}]`).join("");
      const script = `JSON.parse(require("fs").readFileSync(0))${expression}`;
      return `${variable}=$(printf %s "$${response}" | node -pe ${quote(script, [])})`;
    }),
  ];
}

function commandOf({ method, url, headers, body }: HttpRequest, replacements: readonly Replacement[]): string {
  const words = ["curl -sS"];
  // Otherwise, curl would read brackets as a range, and resolve dots.
  if (/[[\]{}]/.test(url)) words.push("--globoff");
  if (/\/\.{1,2}(?:[/?#]|$)/.test(url)) words.push("--path-as-is");
  if (url.startsWith("https:")) words.push("--http1.1");
  if (method === "HEAD") words.push("--head");
  else if (method !== "GET" || body !== undefined) words.push(`-X ${quote(method, [])}`);
  for (const [name, value] of Object.entries(headers)) {
    for (const each of [value].flat()) words.push(headerOption(name, each, replacements));
  }
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  let input = "";
  if (body !== undefined) {
    // Otherwise, curl adds a type, and waits for the server before it sends a long body.
    if (!hasType) words.push("-H 'Content-Type:'");
    if (Buffer.byteLength(body) > MAX_WITHOUT_EXPECT) words.push("-H 'Expect:'");
    const { pipe, option } = bodyOption(body, replacements);
    input = pipe;
    words.push(option);
  }
  return `${input}${[...words, quote(url, replacements)].join(" ")}`;
}

function headerOption(name: string, value: string, replacements: readonly Replacement[]): string {
  const [, credentials] = name.toLowerCase() === "authorization" ? (/^basic (.*:.*)$/is.exec(value) ?? []) : [];
  if (credentials === `$${VARIABLES.user}:$${VARIABLES.password}`) return `-u "${credentials}"`;
  if (credentials !== undefined) return `-u ${quote(credentials, replacements)}`;
  return `-H ${quote(value === "" ? `${name};` : `${name}: ${value}`, replacements)}`;
}

function bodyOption(body: string | Uint8Array, replacements: readonly Replacement[]): { pipe: string; option: string } {
  const bytes = Buffer.from(body);
  // --data-raw sends a text that begins with @ as it is.
  if (isShown(bytes)) return { pipe: "", option: `--data-raw ${quote(bytes.toString(), replacements)}` };
  const option = "--data-binary @-";
  if (bytes.length <= MAX_BODY) return { pipe: `printf %s ${bytes.toString("base64")} | base64 -d | `, option };
  const compressed = gzipSync(bytes).toString("base64");
  if (compressed.length <= MAX_BODY) return { pipe: `printf %s ${compressed} | base64 -d | gunzip | `, option };
  return {
    pipe: `: 'Put the body of ${bytes.length} bytes into body.bin first.'; `,
    option: "--data-binary @body.bin",
  };
}

/** Whether a command contains a body as text. */
function isShown(bytes: Buffer): boolean {
  const text = bytes.toString();
  return bytes.length <= MAX_BODY && Buffer.from(text).equals(bytes) && !text.includes("\0");
}

/** Quotes a text for the shell, with its replacements. */
function quote(text: string, replacements: readonly Replacement[]): string {
  const present = replacements.filter((each) => text.includes(each.text)).sort((a, b) => b.text.length - a.text.length);
  if (present.length === 0) return quoteLiteral(text) || "''";
  const pattern = present.map((each) => each.text.replaceAll(/[.*+?^$(){}|[\]\\]/g, "\\$&")).join("|");
  const words = text
    .split(new RegExp(`(${pattern})`))
    .flatMap((part, at) =>
      at % 2 === 0 ? [quoteLiteral(part)] : (present.find((each) => each.text === part)?.words ?? []),
    );
  return words.join("");
}

function quoteLiteral(text: string): string {
  if (text === "" || /^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!UNPRINTABLE.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text
    .replaceAll(/[\\']/g, "\\$&")
    .replaceAll(new RegExp(UNPRINTABLE, "gu"), (character) =>
      character === "\n"
        ? "\\n"
        : [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join(""),
    );
  return `$'${escaped}'`;
}

/** The values of a response that a later request contains, and that no earlier request or response of the sequence had. */
function valuesToCapture(exchange: Exchange, later: readonly string[], known: readonly Captured[]): Captured[] {
  const own = textOf(exchange.request);
  const found: Captured[] = [];
  let rest = later.join("\n");
  // The longest first: an ID in a URL is not needed if the whole URL is.
  const strings = stringsOf(jsonOf(exchange.response), []).sort((a, b) => b.value.length - a.value.length);
  for (const { value, path } of strings) {
    const isKnown = own.includes(value) || known.some((each) => each.value === value);
    if (value.length < MIN_CAPTURED || isKnown || !rest.includes(value)) continue;
    rest = rest.replaceAll(value, "\n");
    const name = path.findLast((step) => typeof step === "string") ?? "value";
    const variable = `${String(name)
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_")
      .replaceAll(/\W/g, "_")
      .toUpperCase()}_${known.length + found.length + 1}`;
    found.push({ value, variable: /^\d/.test(variable) ? `_${variable}` : variable, path });
  }
  return found;
}

function stringsOf(
  value: unknown,
  path: readonly (string | number)[],
): { readonly value: string; readonly path: readonly (string | number)[] }[] {
  if (typeof value === "string") return [{ value, path }];
  if (Array.isArray(value)) return value.flatMap((each, at) => stringsOf(each, [...path, at]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => stringsOf(each, [...path, name]));
}

/** Everything of a request in which a value of an earlier response can occur as it is. */
function textOf({ url, headers, body = "" }: HttpRequest): string {
  const text = typeof body === "string" ? body : Buffer.from(body).toString("latin1");
  return [url, ...Object.values(headers).flat(), text].join("\n");
}
