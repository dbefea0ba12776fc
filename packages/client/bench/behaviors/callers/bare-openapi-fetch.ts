import type { ProfileId } from "@memory-api/types";
import createClient from "openapi-fetch";
import { storeId } from "../scripted-service.ts";
import { type Caller, importToCreate, type Outcome } from "./caller.ts";
import type { Paths } from "./paths.ts";

export function bareOpenapiFetch(baseUrl: string): Caller {
  const client = createClient<Paths>({ baseUrl, headers: { Authorization: `Basic ${btoa("SK0:secret")}` } });
  const profile = "/v1/Stores/{storeId}/Profiles/{profileId}";
  const imports = "/v1/Stores/{storeId}/Profiles/Imports";
  // The other clients accept any string as an ID, so this one gets any string.
  const pathOf = (id: string) => ({ path: { storeId, profileId: id as ProfileId } });
  const createImport = () => outcomeOf(client.POST(imports, { params: { path: { storeId } }, body: importToCreate }));
  return {
    fetchProfile: (id, signal) => outcomeOf(client.GET(profile, { params: pathOf(id), ...(signal && { signal }) })),
    deleteProfile: (id) => outcomeOf(client.DELETE(profile, { params: pathOf(id) })),
    createImport,
    importFile: createImport,
    lists: {
      async GET() {
        const call = client.GET("/v1/Stores/{storeId}/Profiles", { params: { path: { storeId } } });
        const outcome = await outcomeOf(call);
        return outcome.kind === "value" ? { ...outcome, value: Object(outcome.value).profiles } : outcome;
      },
    },
  };
}

/** The result of a call of openapi-fetch. */
interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

async function outcomeOf(call: Promise<Result>): Promise<Outcome> {
  try {
    const { data, error, response } = await call;
    if (error !== undefined) return { kind: "error result", error, status: response.status };
    if (data === undefined) return { kind: "empty result" };
    return { kind: "value", value: data, isRedirected: response.redirected };
  } catch (error) {
    return { kind: "rejection", error };
  }
}
