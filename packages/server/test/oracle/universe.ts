import type { ProfileId } from "@memory-api/types";
import { pick, type Random } from "../support/pick.ts";

/** The traits of a person in one request. */
export interface Person {
  readonly traits: Readonly<Record<string, string>>;
  /** The normalized email address and phone number, as `type value`. */
  readonly identifiers: readonly string[];
  readonly circle: Circle;
}

/** People who may share identifiers. People of different circles never do. */
interface Circle {
  /** IDs of their profiles, from responses. */
  readonly ids: ProfileId[];
}

/**
 * Creates people from few identifiers. Each has an email address, a phone number or both. People with a common identifier are the same
 * person. Every value of any other trait is written once.
 *
 * @param size number of email addresses, and of phone numbers, in a circle
 * @param lifetime number of people in a circle
 */
export function createUniverse(name: string, random: Random, size: number, lifetime: number): () => Person {
  let circle: Circle = { ids: [] };
  let people = 0;
  return () => {
    if (people % lifetime === 0) circle = { ids: [] };
    const first = Math.floor(people / lifetime) * size;
    const kind = random(4);
    const email = kind === 0 ? [] : [emailOf(name, first + random(size), random)];
    const phone = kind === 1 ? [] : [phoneOf(name, first + random(size), random)];
    const mark = `${name} ${people++}`;
    return {
      traits: {
        ...Object.fromEntries([...email, ...phone].map(({ trait, value }) => [trait, value])),
        ...(random(2) === 0 && { firstName: mark }),
        ...(random(2) === 0 && { city: mark }),
      },
      identifiers: [...email, ...phone].map(({ trait, normal }) => `${trait} ${normal}`),
      circle,
    };
  };
}

function emailOf(name: string, at: number, random: Random) {
  const normal = `${name}${at}@example.com`;
  return { trait: "email", normal, value: pick(random, [normal, normal.toUpperCase(), ` ${name} ${at}@Example.com`]) };
}

/** Phone numbers of the two universes have different area codes. */
function phoneOf(name: string, at: number, random: Random) {
  const area = name === "hot" ? "2" : "3";
  const digits = area + String(at).padStart(9, "0");
  const dashed = digits.replace(/^(...)(...)/, "($1) $2-");
  return { trait: "phone", normal: `+1${digits}`, value: pick(random, [`+1${digits}`, digits, dashed]) };
}
