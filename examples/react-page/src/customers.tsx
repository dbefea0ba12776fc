import type { ProfileId } from "@memory-api/client";
import { useState } from "react";
import { api, storeId } from "./api.ts";

/** The newest customers, and the one that the user selects. */
export function Customers() {
  const [selected, select] = useState<ProfileId>();
  const { data, error, isPending } = api.useQuery("get", "/v1/Stores/{storeId}/Profiles", {
    params: { path: { storeId }, query: { pageSize: 10 } },
  });
  if (isPending) return <p>Loading…</p>;
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <>
      <h1>Customers</h1>
      <ul>
        {data.profiles.map((id) => (
          <li key={id}>
            <button type="button" onClick={() => select(id)}>
              {id}
            </button>
          </li>
        ))}
      </ul>
      {selected && <Customer profileId={selected} />}
    </>
  );
}

function Customer({ profileId }: { profileId: ProfileId }) {
  const { data, error, isPending } = api.useQuery("get", "/v1/Stores/{storeId}/Profiles/{profileId}", {
    params: { path: { storeId, profileId }, query: { traitGroups: "Contact" } },
  });
  if (isPending) return <p>Loading…</p>;
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <article>
      <h2>{data.traits.Contact?.firstName}</h2>
      <p>{data.traits.Contact?.email}</p>
    </article>
  );
}
