// Loaded before a sample. The mock's answers are examples, so the URL that an import is uploaded to is one of the live
// service: this takes uploads to the mock as well, chooses its answer, and lets nothing go anywhere else.
import { operations } from "@memory-api/types";

const { MEMORY_BASE_URL: mock = "", MOCK_PREFER: prefer } = process.env;
const [uploads = ""] = operations.uploadImportFile.path.split("{");
const platformFetch = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== mock && !pathname.startsWith(uploads)) throw new Error(`A sample asked ${request.url}`);

  const { method, redirect } = request;
  const headers = new Headers(request.headers);
  if (prefer !== undefined) headers.set("Prefer", prefer);
  const body = request.body === null ? null : await request.arrayBuffer();
  return platformFetch(new URL(pathname + search, mock), { method, headers, body, redirect });
};
