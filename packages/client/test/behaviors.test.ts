import { expect, it } from "vitest";
import { observeBehaviors } from "../bench/behaviors.ts";

it("the client behaves as BENCH.md documents", async () => {
  const rows = await observeBehaviors();
  expect(Object.fromEntries(rows.map((row) => [row.situation, row["@memory-api/client"]]))).toEqual({
    "A list of 120 profiles, 50 on a page": "`list()` sends 3 requests and returns 120 IDs",
    "Each page of a list has the same next token, until the 20th":
      "`list()` sends 2 requests and rejects with `RepeatedPageTokenError`",
    "GET of a profile that was merged into another, 301": "returns the canonical profile, indicated by `movedFrom`",
    "DELETE of a profile that was merged into another, 308":
      "rejects with `ProfileMovedError` and status 308; nothing is deleted; the error has the canonical ID",
    "429 with `Retry-After: 2`, then 200": "retries after the 2 s and succeeds",
    "503, then 200": "sends 2 requests and succeeds",
    "Abort in the pause after a 429 with `Retry-After: 2`": "rejects with `AbortError`, before the end of the pause",
    "GET of the profile `..` or `a/b`":
      "`..` sends nothing and rejects with `InvalidParameterError`, `a/b` sends nothing and rejects with `InvalidParameterError`",
    "404 with an empty body": "rejects with `MemoryApiError` and status 404",
    "200 with an HTML page, as a proxy may send": "rejects with `MemoryApiError` and status 200",
    "The response to the creation of an import is cut off": "rejects with `ConnectionError`; imports created: 1",
    "Import of a CSV file, with one call":
      "succeeds; 37 of 37 bytes are uploaded, and the end of the import is awaited",
    "Types of a 404": "`status` is `404`, `code` is `number | undefined`, `message` is `string`",
    "Type of a string trait":
      "`string | undefined` if declared, `string | number | boolean | (string | number | boolean)[] | undefined` by default",
  });
});
