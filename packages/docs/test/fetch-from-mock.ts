// Loaded before a sample. Sends every request to the mock, also an upload, whose example URL has another port, and refuses every other
// request. The mock keeps no state: without a preference, every page would be the first one.
import { operations } from "@memory-api/types";

const { MEMORY_BASE_URL: mock = "", MOCK_PREFER: first } = process.env;
const [uploads = ""] = operations.uploadImportFile.path.split("{");
const platformFetch = globalThis.fetch;
let isFirst = true;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const url = new URL(request.url);
  const { origin, pathname, search } = url;
  if (origin !== mock && !pathname.startsWith(uploads)) throw new Error(`A sample sent a request to ${url}`);

  const { method, redirect } = request;
  const headers = new Headers(request.headers);
  const prefer = url.searchParams.has("pageToken") ? "example=lastPage" : isFirst && first;
  if (prefer) headers.set("Prefer", prefer);
  isFirst = false;
  const body = request.body === null ? null : await request.arrayBuffer();
  // Resolving the path against the mock's URL would read a path such as //host/v1 as another host.
  return platformFetch(Object.assign(new URL(mock), { pathname, search }), { method, headers, body, redirect });
};
