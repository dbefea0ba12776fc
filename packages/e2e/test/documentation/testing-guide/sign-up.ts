import { isMemoryApiError, type MemoryStore } from "@memory-api/client";

/** Creates or finds the customer with this email address. Returns `undefined` if the API rejects the address. */
export async function signUp({ profiles }: MemoryStore, email: string, firstName: string) {
  try {
    const { id } = await profiles.create({ traits: { Contact: { email, firstName } } });
    return await profiles.waitFor(id);
  } catch (error) {
    if (isMemoryApiError(error, "createProfile", 400)) return undefined;
    throw error;
  }
}
