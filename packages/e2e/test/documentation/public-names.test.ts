import { describe, expect, it } from "vitest";
import { publicNames } from "./examples/public-names.ts";

describe.each(["client", "client/openapi-fetch", "client/undici", "client/opentelemetry", "conformance/consumer"])(
  "@memory-api/%s",
  (subpath) => {
    const names = publicNames.get(`@memory-api/${subpath}`) ?? [];

    it("has exports", () => {
      expect(names).not.toEqual([]);
    });

    it("documents each export", () => {
      expect(names.filter(({ documentation }) => documentation === "").map(({ name }) => name)).toEqual([]);
    });

    it("has an example for each function and class", () => {
      const withoutExample = names.filter(({ isFunctionOrClass, hasExample }) => isFunctionOrClass && !hasExample);
      expect(withoutExample.map(({ name }) => name)).toEqual([]);
    });
  },
);
