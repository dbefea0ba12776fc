import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { Customers } from "./customers.tsx";

// The client retries on its own.
const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const main = document.querySelector("main");
if (main === null) throw new Error("The page has no main element.");
createRoot(main).render(
  <QueryClientProvider client={queryClient}>
    <Customers />
  </QueryClientProvider>,
);
