import fc from "fast-check";
import { expect, it } from "vitest";
import { routableUrl } from "../../src/http/route-url.ts";
import { startApi } from "../support/api-server.ts";

const piece = fc.constantFrom(
  "%",
  "%2",
  "%25",
  "%2F",
  "%2f",
  "%3F",
  "%zz",
  "%ff",
  "%C3%A4",
  "%00",
  "/",
  "?",
  ";",
  "#",
  "a",
  "v1",
);
const url = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join("")}`);

it("the router rejects no URL before the checks of the contract", async () => {
  const api = await startApi();
  await fc.assert(
    fc.asyncProperty(url, async (target) => {
      const { status, headers } = await api.send({ method: "GET", target, as: "nobody" });
      expect(status).toBe(401);
      expect(headers).toHaveProperty("x-request-id");
    }),
    { numRuns: 500 },
  );
});

it.each([
  ["/a%20b?c=%", "/a%20b?c=%"],
  ["/a%?b=%", "/a%25?b=%"],
  ["/%ff%20", "/%25ff%2520"],
  ["/a", "/a"],
])("a path is escaped only if it is not valid percent-encoding: %s", (given, routable) => {
  expect(routableUrl(given)).toBe(routable);
});
