import type { Traits } from "@memory-api/types";

/** A contact in the format of the shop. */
export interface Contact {
  email: string;
  firstName: string;
  city?: string;
}

export const newCustomer: Contact = { email: "ada.reyes@example.com", firstName: "Ada" };

export const todaysOrders: Contact[] = [
  { email: "jonas.weir@example.com", firstName: "Jonas", city: "London" },
  { email: "mina.osei@example.com", firstName: "Mina" },
];

/** Returns the traits of a contact. The memory store finds the profile by its email address. */
export function traitsOf(contact: Contact): Traits {
  return { Contact: { ...contact } };
}
