import { createFetchClient } from "@memory-api/client/openapi-fetch";
import createReactQuery from "openapi-react-query";

// The page sends no credentials: server.ts adds them to each request.
const client = createFetchClient({ baseUrl: `${location.origin}/memory`, credentials: false });

/** Query hooks for the paths of the contract. */
export const api = createReactQuery(client);

export const storeId = "mem_store_00000000000000000000000000";
