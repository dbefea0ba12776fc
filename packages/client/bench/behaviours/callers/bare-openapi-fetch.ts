import type { ProfileId } from "@memory-api/types";
import createClient from "openapi-fetch";
import { storeId } from "../service/answers.ts";
import { type Caller, importToCreate } from "./caller.ts";
import type { Ending } from "./ending.ts";
import type { Paths } from "./paths.ts";

export function bareOpenapiFetch(baseUrl: string): Caller {
  const client = createClient<Paths>({ baseUrl, headers: { Authorization: `Basic ${btoa("SK0:secret")}` } });
  const profile = "/v1/Stores/{storeId}/Profiles/{profileId}";
  const imports = "/v1/Stores/{storeId}/Profiles/Imports";
  // Any string, as the others are given.
  const pathOf = (id: string) => ({ path: { storeId, profileId: id as ProfileId } });
  const createImport = () => endingOf(client.POST(imports, { params: { path: { storeId } }, body: importToCreate }));
  return {
    fetchProfile: (id, signal) => endingOf(client.GET(profile, { params: pathOf(id), ...(signal && { signal }) })),
    deleteProfile: (id) => endingOf(client.DELETE(profile, { params: pathOf(id) })),
    createImport,
    importFile: createImport,
    lists: {
      async GET() {
        const call = client.GET("/v1/Stores/{storeId}/Profiles", { params: { path: { storeId } } });
        const ending = await endingOf(call);
        return ending.how === "gives" ? { ...ending, value: Object(ending.value).profiles } : ending;
      },
    },
  };
}

/** What a call of openapi-fetch is fulfilled with. */
interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

async function endingOf(call: Promise<Result>): Promise<Ending> {
  try {
    const { data, error, response } = await call;
    if (error !== undefined) return { how: "gives error", error, status: response.status };
    if (data === undefined) return { how: "gives nothing" };
    return { how: "gives", value: data, isRedirected: response.redirected };
  } catch (error) {
    return { how: "fails", error };
  }
}
