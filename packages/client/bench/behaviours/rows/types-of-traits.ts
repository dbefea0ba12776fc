import type { Behaviour } from "../behaviour.ts";
import type { ClientName } from "../callers/callers.ts";
import { pathsFile, typesIn } from "../compiled-types.ts";

/** Each in three lines; where a client can be told the types of traits, it is told, and then not. */
const programs: Readonly<Record<ClientName, string>> = {
  "@memory-api/client": `
    import { createMemoryClient } from "@memory-api/client";
    const told = createMemoryClient<{ Contact: { email: string } }>().store("mem_store_0").profiles;
    probe((await told.fetch("mem_profile_0")).traits.Contact?.email);
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

export const typesOfTraits: Behaviour = {
  situation: "Type of a trait that is text",
  async didBy(client) {
    const types = (await typesIn(programs[client])).map((type) => `\`${type}\``);
    return types.length > 1 ? `${types[0]} once told so, else ${types[1]}` : types.join();
  },
};
