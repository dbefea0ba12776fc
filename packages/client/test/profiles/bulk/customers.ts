import type { ProfileToWrite } from "../../../src/profiles/create-checked-profile.ts";

export type Customer = ProfileToWrite<{ Contact: { email: string; city?: string } }>;

/** A source of customers that counts how many were read, and records whether it was closed. */
export function customers(count: number) {
  const source = {
    read: 0,
    isClosed: false,
    *[Symbol.iterator](): Generator<Customer, void> {
      try {
        while (source.read < count) yield customer(source.read++);
      } finally {
        source.isClosed = true;
      }
    },
  };
  return source;
}

export function customer(index: number): Customer {
  return { traits: { Contact: { email: `p${index}@example.com`, city: "Lima" } } };
}
