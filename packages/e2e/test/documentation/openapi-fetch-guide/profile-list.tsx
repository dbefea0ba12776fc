import { createFetchClient } from "@memory-api/client/openapi-fetch";
import { createRoot } from "react-dom/client";
import { createQueryHook } from "swr-openapi";

const storeId = "mem_store_00000000000000000000000000";
const client = createFetchClient({ baseUrl: `${location.origin}/memory`, credentials: false });
const useQuery = createQueryHook(client, "memory");

function ProfileList() {
  const { data, error } = useQuery("/v1/Stores/{storeId}/Profiles", {
    params: { path: { storeId }, query: { pageSize: 10 } },
  });
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <ol>
      {data?.profiles.map((id) => (
        <li key={id}>{id}</li>
      ))}
    </ol>
  );
}

/** Renders the newest profiles into an element of the page. */
export function showList(element: HTMLElement): void {
  createRoot(element).render(<ProfileList />);
}
