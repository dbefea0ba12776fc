import type { Exchange } from "../http/exchange.ts";

/** The identifiers of a person that a scenario made up. */
export interface Person {
  /** A unique name of hexadecimal digits, and a domain. */
  readonly email: string;
  /** A number of the United States in E.164 format. */
  readonly phone: string;
}

/** The part of the email address that no other person has. Values of other traits contain it, too. */
export function uniqueNameOf({ email }: Person): string {
  return email.split("@", 1)[0] ?? email;
}

/** The people whose identifiers the requests contain, in any spelling. */
export function peopleIn(exchanges: readonly Exchange[], people: readonly Person[]): Person[] {
  const text = exchanges.map(({ request }) => `${request.url}\n${textOf(request.body)}`).join("\n");
  const lowerCase = text.toLowerCase();
  const digits = text.replaceAll(/[^\d"]/g, "");
  return people.filter(
    (person) => lowerCase.includes(uniqueNameOf(person)) || digits.includes(person.phone.replace("+1", "")),
  );
}

function textOf(body: string | Uint8Array = ""): string {
  return typeof body === "string" ? body : Buffer.from(body).toString("latin1");
}
