import { describe, expect, it } from "vitest";
import { type Exchange, operationOf, responseFaults } from "./check-response.ts";
import { importsOf, profileOf, profilesOf } from "./requests.ts";
import { storeId } from "./settings-for-tests.ts";

const id = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const json = { "content-type": "application/json; charset=utf-8" };
const created = { id, message: "Profile resolved and accepted for processing." };
const failed = { code: 20429, message: "Wait", more_info: "https://www.twilio.com/docs/api/errors/20429", status: 429 };

const good: Exchange = {
  method: "POST",
  target: profilesOf(storeId),
  status: 202,
  headers: json,
  body: JSON.stringify(created),
};

const limited = { ...good, status: 429, body: JSON.stringify(failed) };
const notAllowed = { ...good, method: "DELETE", status: 405 };
const notAllowedBody = JSON.stringify({ ...failed, code: 20405, status: 405 });
const upload = { ...good, method: "PUT", target: "/uploads/mem_import_x?token=y", status: 200, headers: {}, body: "" };

describe("the check of a response", () => {
  it.each([
    ["a documented response", good],
    ["a documented header", { ...limited, headers: { ...json, "retry-after": "2" } }],
    ["a response without a body", upload],
    ["an unsupported method", { ...notAllowed, headers: { ...json, allow: "GET, POST" }, body: notAllowedBody }],
  ])("accepts %s", (_, exchange) => {
    expect(responseFaults(exchange)).toEqual([]);
  });

  it.each<[string, Exchange, string]>([
    ["an undocumented status", { ...good, status: 200 }, "createProfile documents no 200"],
    ["a missing property", { ...good, body: JSON.stringify({ id }) }, "required property 'message'"],
    ["an undocumented property", { ...good, body: JSON.stringify({ ...created, a: 1 }) }, "additional"],
    ["an invalid value", { ...good, body: JSON.stringify({ ...created, id: "x" }) }, "the body/id must match"],
    ["a missing header", { ...limited }, "the header Retry-After is missing"],
    ["an invalid header", { ...limited, headers: { ...json, "retry-after": "1.5" } }, "must be integer"],
    ["an undocumented header", { ...good, headers: { ...json, etag: "1" } }, "etag is not documented"],
    ["another media type", { ...good, headers: { "content-type": "text/plain" } }, "content type is text/plain"],
    ["a wrong Content-Length", { ...good, headers: { ...json, "content-length": "3" } }, "is not 3 bytes long"],
    [
      "a status that the body contradicts",
      { ...limited, headers: { ...json, "retry-after": "2" }, body: notAllowedBody },
      "names another status, 405",
    ],
    ["an undocumented body", { ...upload, body: "{}" }, "there is a body"],
    [
      "an unsupported method without Allow",
      { ...notAllowed, headers: json, body: notAllowedBody },
      "405 with allow: undefined",
    ],
    ["a success without an operation", { ...good, target: "/v1/Nothing" }, "202 without an operation"],
  ])("reports %s", (_, exchange, fault) => {
    expect(responseFaults(exchange).join()).toContain(fault);
  });

  it.each([
    ["GET", `${importsOf(storeId)}?pageSize=1`, "listProfileImportsV2"],
    ["GET", profileOf(id), "fetchProfile"],
    ["GET", profileOf("Bulk"), undefined],
    ["PUT", profileOf("Bulk"), "updateProfilesBulk"],
    ["GET", `${profileOf(id)}/Traits`, undefined],
  ])("maps %s %s to %s", (method, target, operation) => {
    expect(operationOf({ method, target })).toBe(operation);
  });
});
