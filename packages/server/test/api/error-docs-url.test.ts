import { describe, expect, it } from "vitest";
import { type ApiServer, startApi } from "../support/api-server.ts";
import { acceptedRequest, csv, profileOf, profilesOf, unknownProfileId } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { storeId } from "../support/settings-for-tests.ts";

type Provoke = (api: ApiServer) => Promise<Request>;

const vendorDocs = "https://www.twilio.com/docs/api/errors/";
const ownDocs = "https://memory.example.com/errors/";

const upload = acceptedRequest.uploadImportFile;

/** For each code that this project defines, a request that returns it. */
const ownCodes: readonly (readonly [code: number, Provoke])[] = [
  [20405, async () => ({ method: "PUT", target: profilesOf(storeId) })],
  [
    20409,
    async (api) => {
      const request = await upload(api);
      await api.send(request);
      return request;
    },
  ],
  [20411, async (api) => withHeaders(await upload(api), { "content-length": "", "transfer-encoding": "chunked" })],
  [20413, async (api) => withHeaders(await upload(api), { "content-length": String(csv.length + 1) })],
  [20415, async (api) => withHeaders(await upload(api), { "content-type": "text/plain" })],
];

/** Requests that return a code of the vendor. */
const vendorCodes: readonly (readonly [code: number, Provoke])[] = [
  [400, async () => ({ method: "GET", target: `${profilesOf(storeId)}?pageSize=0` })],
  [20003, async () => ({ method: "GET", target: profilesOf(storeId), as: "nobody" })],
  [20404, async () => ({ method: "GET", target: profileOf(unknownProfileId) })],
  [520046, async () => ({ method: "POST", target: profilesOf(storeId), body: { trait: {} } })],
];

describe("more_info", () => {
  it.each(ownCodes)("starts with errorDocsUrl for code %i, which this project defines", async (code, provoke) => {
    const api = await startApi({ errorDocsUrl: ownDocs });
    const { body } = await api.send(await provoke(api));
    expect(body).toMatchObject({ code, more_info: ownDocs + code });
  });

  it.each(vendorCodes)("is a page of the vendor for its code %i, even with errorDocsUrl", async (code, provoke) => {
    const api = await startApi({ errorDocsUrl: ownDocs });
    const { body } = await api.send(await provoke(api));
    expect(body).toMatchObject({ code, more_info: vendorDocs + code });
  });

  it.each([...ownCodes, ...vendorCodes])(
    "is a page of the vendor for %i without errorDocsUrl",
    async (code, provoke) => {
      const api = await startApi();
      const { body } = await api.send(await provoke(api));
      expect(body).toMatchObject({ code, more_info: vendorDocs + code });
    },
  );
});
