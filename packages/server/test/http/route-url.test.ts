import fc from "fast-check";
import Fastify from "fastify";
import { expect, it } from "vitest";
import { byPrecedence, routableUrl, routeUrl } from "../../src/http/route-url.ts";
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

const template = fc
  .array(fc.constantFrom("Profiles", "Imports", "Traits", "{one}", "{other}"), { minLength: 1, maxLength: 4 })
  .map((segments) => `/${segments.join("/")}`);
/** No two of them differ only in the names of their parameters, which lint rejects. */
const templates = fc.uniqueArray(template, {
  minLength: 2,
  maxLength: 8,
  selector: (path) => path.replaceAll(/\{\w+\}/g, "{}"),
});
const requested = fc.array(fc.constantFrom("Profiles", "Imports", "Traits", "mem"), { minLength: 1, maxLength: 4 });

it("the names of parameters do not affect which path takes precedence", () => {
  expect(["/{one}/Profiles", "/{another}/{other}"].sort(byPrecedence)).toEqual([
    "/{one}/Profiles",
    "/{another}/{other}",
  ]);
});

it("a literal takes precedence over a template at the first segment that differs, in the router too", async () => {
  await fc.assert(
    fc.asyncProperty(templates, requested, async (paths, segments) => {
      const app = Fastify();
      for (const path of paths) app.get(routeUrl(path), async () => path);
      app.setNotFoundHandler(async () => "none");
      const url = `/${segments.join("/")}`;
      const matching = paths.filter((path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(url));
      const [first = "none"] = matching.sort(byPrecedence);
      expect((await app.inject(url)).body).toBe(first);
    }),
    { numRuns: 300 },
  );
});
