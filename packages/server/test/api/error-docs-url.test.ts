import { describe, expect, it } from "vitest";
import { type ApiServer, startApi } from "../support/api-server.ts";
import { acceptedRequest, csv, profileOf, profilesOf, unknownProfileId } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { storeId } from "../support/settings-for-tests.ts";

type Provoke = (api: ApiServer) => Promise<Request>;

const vendorDocs = "https://www.twilio.com/docs/api/errors/";
const ownDocs = "https://memory.example.com/errors/";

const upload = acceptedRequest.uploadImportFile;

/** For each code that this project defines, a request that gets it. */
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

/** Requests that get a code of the vendor. */
const vendorCodes: readonly (readonly [code: number, Provoke])[] = [
  [400, async () => ({ method: "GET", target: "/v1/Stores/%/Profiles" })],
  [20003, async () => ({ method: "GET", target: profilesOf(storeId), as: "nobody" })],
  [20404, async () => ({ method: "GET", target: profileOf(unknownProfileId) })],
  [520046, async () => ({ method: "POST", target: profilesOf(storeId), body: { trait: {} } })],
];

describe("more_info", () => {
  it.each(ownCodes)("starts with errorDocsUrl for the own code %i", async (code, provoke) => {
    const api = await startApi({ errorDocsUrl: ownDocs });
    const { body } = await api.send(await provoke(api));
    expect(body).toMatchObject({ code, more_info: ownDocs + code });
  });

  it.each(vendorCodes)("leads to the vendor for its code %i, whatever errorDocsUrl is", async (code, provoke) => {
    const api = await startApi({ errorDocsUrl: ownDocs });
    const { body } = await api.send(await provoke(api));
    expect(body).toMatchObject({ code, more_info: vendorDocs + code });
  });

  it.each([...ownCodes, ...vendorCodes])("leads to the vendor for %i without errorDocsUrl", async (code, provoke) => {
    const api = await startApi();
    const { body } = await api.send(await provoke(api));
    expect(body).toMatchObject({ code, more_info: vendorDocs + code });
  });
});
