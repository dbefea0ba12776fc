import { isMemoryApiError, type MemoryStore } from "@memory-api/client";

/** The customer of this address, old or new; `undefined` if the address is refused. */
export async function signUp({ profiles }: MemoryStore, email: string, firstName: string) {
  try {
    const { id } = await profiles.create({ traits: { Contact: { email, firstName } } });
    return await profiles.waitFor(id);
  } catch (error) {
    if (isMemoryApiError(error, "createProfile", 400)) return undefined;
    throw error;
  }
}
