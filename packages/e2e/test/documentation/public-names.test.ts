import { describe, expect, it } from "vitest";
import { publicNames } from "./examples/public-names.ts";

describe.each(["client", "client/openapi-fetch", "client/undici", "client/opentelemetry"])(
  "@memory-api/%s",
  (subpath) => {
    const names = publicNames.get(`@memory-api/${subpath}`) ?? [];

    it("exports something", () => {
      expect(names).not.toEqual([]);
    });

    it("says of each export what it is", () => {
      expect(names.filter(({ documentation }) => documentation === "").map(({ name }) => name)).toEqual([]);
    });

    it("shows an example of each function and class", () => {
      const bare = names.filter(({ isFunctionOrClass, hasExample }) => isFunctionOrClass && !hasExample);
      expect(bare.map(({ name }) => name)).toEqual([]);
    });
  },
);
