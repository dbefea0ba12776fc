import { createFetchClient } from "@memory-api/client/openapi-fetch";
import type { ProfileId } from "@memory-api/types";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import createReactQuery from "openapi-react-query";
import { createRoot } from "react-dom/client";

const storeId = "mem_store_00000000000000000000000000";
const client = createFetchClient({ baseUrl: `${location.origin}/memory`, credentials: false });
const api = createReactQuery(client);

function ProfileCard({ profileId }: { profileId: ProfileId }) {
  const { data, error, isPending } = api.useQuery("get", "/v1/Stores/{storeId}/Profiles/{profileId}", {
    params: { path: { storeId, profileId }, query: { traitGroups: "Contact" } },
  });
  if (isPending) return <p>Loading…</p>;
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <article>
      <h2>{data.traits.Contact?.firstName}</h2>
      <p>{data.traits.Contact?.email}</p>
      <p>Customer since {new Date(data.createdAt).getFullYear()}</p>
    </article>
  );
}

/** Renders the profiles into an element of the page. */
export function showProfiles(element: HTMLElement, profileIds: readonly ProfileId[]): void {
  createRoot(element).render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      {profileIds.map((profileId) => (
        <ProfileCard key={profileId} profileId={profileId} />
      ))}
    </QueryClientProvider>,
  );
}
