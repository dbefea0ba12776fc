import type { MemoryStore, ProfileId } from "@memory-api/client";

/** An order of the shop. */
export interface Order {
  email: string;
  firstName: string;
  city?: string;
}

/**
 * Stores the customer of an order.
 *
 * @returns the ID of the customer's profile, which is new for the first order
 */
export async function recordOrder(store: MemoryStore, { email, firstName, city }: Order): Promise<ProfileId> {
  // Without a city in the order, the profile keeps the one that it has.
  const traits = { Contact: { email, firstName, ...(city !== undefined && { city }) } };
  const { id } = await store.profiles.create({ traits });
  return id;
}
