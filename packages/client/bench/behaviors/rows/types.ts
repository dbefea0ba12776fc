import type { Behavior } from "../behavior.ts";
import type { ClientName } from "../callers/callers.ts";
import { pathsFile, typesIn } from "../compiled-types.ts";

/** Each program makes a call, recognizes a 404, and reads three properties of its error. */
const errorPrograms: Readonly<Record<ClientName, string>> = {
  "@memory-api/client": `
    import { createConnection, fetchProfile, isMemoryApiError } from "@memory-api/client";
    const path = { storeId: "mem_store_0", profileId: "mem_profile_0" } as const;
    try { await fetchProfile(createConnection(), { path }); } catch (error) {
      if (isMemoryApiError(error, "fetchProfile", 404)) {
        probe(error.status); probe(error.code); probe(error.message);
      }
    }`,
  twilio: `
    import twilio from "twilio";
    try { await twilio().memory.v1.profiles("mem_store_0").get("mem_profile_0").fetch(); } catch (error) {
      if (error instanceof twilio.RestException && error.status === 404) {
        probe(error.status); probe(error.code); probe(error.message);
      }
    }`,
  "openapi-fetch": `
    import createClient from "openapi-fetch";
    import type { Paths } from "${pathsFile}";
    const path = { storeId: "mem_store_0", profileId: "mem_profile_0" } as const;
    const { error, response } = await createClient<Paths>()
      .GET("/v1/Stores/{storeId}/Profiles/{profileId}", { params: { path } });
    if (error && response.status === 404) {
      probe(response.status); probe(error.code); probe(error.message);
    }`,
};

/** Each program reads a trait. If a client can declare the types of traits, its program reads the trait with and without a declaration. */
const traitPrograms: Readonly<Record<ClientName, string>> = {
  "@memory-api/client": `
    import { createMemoryClient } from "@memory-api/client";
    const declared = createMemoryClient<{ Contact: { email: string } }>().store("mem_store_0").profiles;
    probe((await declared.fetch("mem_profile_0")).traits.Contact?.email);
    const { profiles } = createMemoryClient().store("mem_store_0");
    probe((await profiles.fetch("mem_profile_0")).traits.Contact?.email);`,
  twilio: `
    import twilio from "twilio";
    const { traits } = await twilio().memory.v1.profiles("mem_store_0").get("mem_profile_0").fetch();
    probe(traits?.Contact?.email);`,
  "openapi-fetch": `
    import createClient from "openapi-fetch";
    import type { Paths } from "${pathsFile}";
    const path = { storeId: "mem_store_0", profileId: "mem_profile_0" } as const;
    const { data } = await createClient<Paths>()
      .GET("/v1/Stores/{storeId}/Profiles/{profileId}", { params: { path } });
    probe(data?.traits.Contact?.email);`,
};

export const typesOfAnError: Behavior = {
  situation: "Types of a 404",
  async observe(client) {
    const [status, code, message] = await typesIn(errorPrograms[client]);
    return `\`status\` is \`${status}\`, \`code\` is \`${code}\`, \`message\` is \`${message}\``;
  },
};

export const typesOfTraits: Behavior = {
  situation: "Type of a string trait",
  async observe(client) {
    const types = (await typesIn(traitPrograms[client])).map((type) => `\`${type}\``);
    return types.length > 1 ? `${types[0]} if declared, ${types[1]} by default` : types.join();
  },
};
