// Loaded before a sample that calls the vendor's SDK, which has no option for its host. Sends its requests to `MEMORY_BASE_URL`.
import { createRequire } from "node:module";
import { join } from "node:path";

const requireOfSample = createRequire(join(process.cwd(), "package.json"));
const { prototype } = requireOfSample("twilio/lib/base/RequestClient");
const { request } = prototype;

prototype.request = function (this: unknown, options: { uri: string }) {
  const { pathname, search } = new URL(options.uri);
  return request.call(this, { ...options, uri: process.env["MEMORY_BASE_URL"] + pathname + search });
};
