import type { SandboxControl } from "../sandbox-control.ts";
import type { Overview, StoreOverview } from "./overview.ts";

/** Profiles are counted up to this number, because a store may have a million of them. */
const MAX_COUNT = 1000;

const MAX_STORES = 10;
const MAX_IMPORTS = 5;
const MAX_REQUESTS = 20;
const MAX_PROFILES = 40;
const PROFILE_ID = /mem_profile_[0-7][0-9a-z]{25}/g;

/** Reads what the page of the sandbox shows. */
export async function readOverview(control: SandboxControl): Promise<Overview> {
  const { sources, storeIds, faults, requests } = control;
  const exchanges = requests.exchanges().toReversed();
  const named = new Set(
    exchanges.flatMap(({ path, response }) => profileIds(path, response?.body)).slice(0, MAX_PROFILES),
  );
  return {
    now: new Date(sources.clock.now()).toISOString(),
    isFrozen: sources.clock.isFrozen,
    stores: await Promise.all(storeIds.slice(0, MAX_STORES).map((id) => storeOverview(control, id, named))),
    faults: faults.plan().length,
    requests: exchanges.slice(0, MAX_REQUESTS).map(({ time, method, path, response }) => ({
      time,
      method,
      path,
      ...(response && { status: response.status }),
    })),
  };
}

async function storeOverview(
  { storage }: SandboxControl,
  id: string,
  named: ReadonlySet<string>,
): Promise<StoreOverview> {
  const live = await storage.listProfiles(id, "DESC", MAX_COUNT);
  const views = await Promise.all(
    [...named].map(async (profile) => ({ profile, view: await storage.fetchProfile(id, profile, []) })),
  );
  const imports = await storage.listImports(id, MAX_IMPORTS);
  const records = await Promise.all(imports.map((importId) => storage.fetchImport(id, importId)));
  return {
    id,
    profiles: live.slice(0, MAX_PROFILES),
    count: live.length,
    merges: views.flatMap(({ profile, view }) =>
      view?.kind === "moved" ? [{ id: profile, canonicalId: view.id }] : [],
    ),
    imports: records
      .filter((record) => record !== undefined)
      .map(({ id, filename, status, fileSize: size, progress }) => ({ id, filename, status, size, ...progress })),
  };
}

/** The profiles that a request or its response names. */
function profileIds(path: string, body: unknown): string[] {
  return `${path} ${JSON.stringify(body ?? "")}`.match(PROFILE_ID) ?? [];
}
