import type { ProfileId } from "@memory-api/types";
import { pick, type Random } from "../support/pick.ts";

/** The traits of somebody, as one request carries them. */
export interface Person {
  readonly traits: Readonly<Record<string, string>>;
  /** What the email address and the phone number are once they are normalised, as `type value`. */
  readonly identifiers: readonly string[];
  readonly circle: Circle;
}

/** People who may share identifiers. Others never do. */
interface Circle {
  /** IDs of profiles of theirs, as far as answers told. */
  readonly ids: ProfileId[];
}

/**
 * Makes people out of few identifiers. Each has an email address, a phone number or both, and may bear one of each that another
 * has, so that the two belong together. Every value of another trait is written once.
 *
 * @param size how many email addresses a circle has, and how many phone numbers
 * @param lifetime how many people a circle has
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

/** The two universes have numbers with different area codes. */
function phoneOf(name: string, at: number, random: Random) {
  const area = name === "hot" ? "2" : "3";
  const digits = area + String(at).padStart(9, "0");
  const dashed = digits.replace(/^(...)(...)/, "($1) $2-");
  return { trait: "phone", normal: `+1${digits}`, value: pick(random, [`+1${digits}`, digits, dashed]) };
}
