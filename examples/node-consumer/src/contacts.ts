import type { Traits } from "@memory-api/types";

/** A contact as the shop keeps it. */
export interface Contact {
  email: string;
  firstName: string;
  city?: string;
}

export const newCustomer: Contact = { email: "ada.reyes@example.com", firstName: "Ada" };

export const ordersOfToday: Contact[] = [
  { email: "jonas.weir@example.com", firstName: "Jonas", city: "London" },
  { email: "mina.osei@example.com", firstName: "Mina" },
];

/** The traits of the contact. A memory store finds the profile by the email address. */
export function traitsOf(contact: Contact): Traits {
  return { Contact: { ...contact } };
}
