import { openapi } from "@memory-api/spec";
import { expect, it } from "vitest";
import { startMock } from "../src/index.ts";
import { AUTHORIZATION, PROFILE, PROFILES } from "./requests.ts";

const TEMPLATE = "/v1/Stores/{storeId}/Profiles/{profileId}";

/** The contract with a path that has as many templates as `/Profiles/Imports/{importId}`. */
function withTraits(): typeof openapi {
  const { parameters = [], get } = openapi.paths?.[TEMPLATE] ?? {};
  return { ...openapi, paths: { ...openapi.paths, [`${TEMPLATE}/Traits`]: { parameters, ...(get && { get }) } } };
}

it("finds each of two paths of which one has a literal where the other has a template", async () => {
  await using mock = await startMock({ document: withTraits() });
  const get = async (path: string) => {
    const response = await fetch(mock.url + path, { headers: { Authorization: AUTHORIZATION } });
    return { status: response.status, body: await response.json() };
  };
  expect(await get(`${PROFILE}/Traits`)).toMatchObject({ status: 200, body: { traits: {} } });
  expect(await get(`${PROFILES}/Imports/mem_import_01kkbk0tfteqn89st3b7v4f5y8`)).toMatchObject({
    status: 200,
    body: { status: "PENDING" },
  });
  // Both paths match, and lint ensures that the request is invalid for the path that does not take precedence.
  expect(await get(`${PROFILES}/Imports/Traits`)).toMatchObject({ status: 400 });
});
