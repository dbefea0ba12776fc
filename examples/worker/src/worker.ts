import { createMemoryClient, isMemoryApiError } from "@memory-api/client";

/** The bindings of the Worker. */
interface Env {
  MEMORY_BASE_URL: string;
  TWILIO_API_KEY: string;
  TWILIO_API_SECRET: string;
}

export default {
  /** Stores the sender of a sign-up form, `POST` with the fields `email` and `firstName`. */
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { Allow: "POST" } });
    const form = await request.formData();
    const [email, firstName] = [form.get("email"), form.get("firstName")];
    if (typeof email !== "string" || typeof firstName !== "string") {
      return new Response("The fields email and firstName are required.\n", { status: 400 });
    }

    const { MEMORY_BASE_URL: baseUrl, TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret } = env;
    const memory = createMemoryClient({ baseUrl, credentials: { apiKey, apiSecret } });
    const { profiles } = memory.store("mem_store_00000000000000000000000000");
    try {
      const { id } = await profiles.create({ traits: { Contact: { email, firstName } } });
      return Response.json({ id }, { status: 201 });
    } catch (error) {
      if (!isMemoryApiError(error, "createProfile", 400)) throw error;
      return new Response(`${error.body.message}\n`, { status: 400 });
    }
  },
};
