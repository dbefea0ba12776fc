import type { Behaviour } from "../behaviour.ts";
import type { ClientName } from "../callers/callers.ts";
import { pathsFile, typesIn } from "../compiled-types.ts";

/** Each in three lines: the call, how its error is told from others, and what is read of it. */
const programs: Readonly<Record<ClientName, string>> = {
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

export const typesOfAnError: Behaviour = {
  situation: "Types of a 404",
  async didBy(client) {
    const [status, code, message] = await typesIn(programs[client]);
    return `\`status\` is \`${status}\`, \`code\` is \`${code}\`, \`message\` is \`${message}\``;
  },
};
