import type { Exchange, HttpRequest, HttpResponse } from "../http/exchange.ts";
import type { Account, Target } from "../target.ts";
import type { Violation } from "./finding.ts";

/** Shorter passwords occur in ordinary text. They are removed from `Authorization` only. */
const MIN_LENGTH = 6;

/** Replaces credentials by the names of the shell variables that `toCurl` uses. */
export interface Redactor {
  text(text: string): string;
  exchange(exchange: Exchange): Exchange;
  violation<Kind extends Violation>(violation: Kind): Kind;
}

/** The variables that stand for the credentials of an account. */
export interface CredentialVariables {
  readonly user: string;
  readonly password: string;
}

export const VARIABLES = { user: "MEMORY_USER", password: "MEMORY_PASSWORD" } satisfies CredentialVariables;
export const OTHER_VARIABLES = {
  user: "MEMORY_OTHER_USER",
  password: "MEMORY_OTHER_PASSWORD",
} satisfies CredentialVariables;

export function createRedactor(target: Pick<Target, "account" | "otherAccount">): Redactor {
  const accounts: (readonly [Account, CredentialVariables])[] = [[target.account, VARIABLES]];
  if (target.otherAccount !== undefined) accounts.push([target.otherAccount, OTHER_VARIABLES]);
  const secrets = accounts.flatMap(([account, variables]) => secretsOf(account, variables));
  // The longest first, since one secret can be part of another.
  const everywhere = secrets.filter(([secret]) => secret.length >= MIN_LENGTH).sort(([a], [b]) => b.length - a.length);
  const text = (value: string) => replaceAll(value, everywhere);

  const headerValue = (name: string, value: string): string => {
    if (name.toLowerCase() !== "authorization") return text(value);
    const [, scheme, encoded = ""] = /^(basic) +(.*)$/i.exec(value) ?? [];
    if (scheme === undefined) return replaceAll(value, secrets);
    const decoded = Buffer.from(encoded, "base64").toString();
    for (const [{ username, password }, variables] of accounts) {
      if (decoded === `${username}:${password}`) return `${scheme} $${variables.user}:$${variables.password}`;
    }
    const replaced = replaceAll(decoded, secrets);
    return replaced === decoded ? replaceAll(value, secrets) : `${scheme} ${replaced}`;
  };
  const bytes = (body: Uint8Array): Uint8Array => {
    if (everywhere.length === 0) return body;
    const binary = Buffer.from(body).toString("latin1");
    const redacted = replaceAll(
      binary,
      // In UTF-8, and as an implementation with another encoding would send it.
      everywhere.flatMap(([secret, name]) => [
        [Buffer.from(secret).toString("latin1"), name] as const,
        [secret, name] as const,
      ]),
    );
    return redacted === binary ? body : Buffer.from(redacted, "latin1");
  };
  const request = ({ method, url, headers, body }: HttpRequest): HttpRequest => ({
    method,
    url: text(url),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        typeof value === "string" ? headerValue(name, value) : value.map((each) => headerValue(name, each)),
      ]),
    ),
    ...(body !== undefined && { body: typeof body === "string" ? text(body) : bytes(body) }),
  });
  const response = ({ status, headers, body }: HttpResponse): HttpResponse => ({
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.map(text)])),
    body: bytes(body),
  });
  return {
    text,
    exchange: (exchange) => ({
      request: request(exchange.request),
      response: response(exchange.response),
      ms: exchange.ms,
    }),
    violation: (violation) => ({
      ...violation,
      expected: text(violation.expected),
      received: text(violation.received),
    }),
  };
}

/** Each form in which the password of an account can occur, and what replaces it. */
function secretsOf({ username, password }: Account, variables: CredentialVariables): [string, string][] {
  const name = `$${variables.password}`;
  const pair = Buffer.from(`${username}:${password}`);
  const forms: [string, string][] = [
    [password, name],
    [encodeURIComponent(password), name],
    [String(new URLSearchParams({ "": password })).slice(1), name],
    [JSON.stringify(password).slice(1, -1), name],
    [Buffer.from(password).toString("base64"), name],
    [pair.toString("base64"), `$${variables.user}:${name}`],
    [pair.toString("base64url"), `$${variables.user}:${name}`],
  ];
  return forms.filter(([secret]) => secret !== "");
}

function replaceAll(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((value, [secret, name]) => value.replaceAll(secret, () => name), text);
}
