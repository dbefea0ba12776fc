import { expect, it } from "vitest";
import { tryBehaviours } from "../bench/behaviours/behaviours-table.ts";

it("this client does what is told of it beside others", async () => {
  const tried = await tryBehaviours();
  expect(Object.fromEntries(tried.map((row) => [row.situation, row["@memory-api/client"]]))).toEqual({
    "A list of 120 profiles, 50 on a page": "`list()` asks 3 times and gives 120",
    "Each page of a list names the same next page, until the 20th":
      "`list()` asks twice and fails with `RepeatedPageTokenError`",
    "GET of a profile that was merged into another, 301": "gives the other profile, `movedFrom` says so",
    "DELETE of a profile that was merged into another, 308":
      "fails with `ProfileMovedError`, status 308; nothing is deleted; the error has the new ID",
    "429 with `Retry-After: 2`, then 200": "asks again after the 2 s and succeeds",
    "503, then 200": "asks twice and succeeds",
    "Abort in the pause after a 429 with `Retry-After: 2`": "fails with `AbortError`, before the end of the pause",
    "GET of the profile `..` or `a/b`":
      "`..` sends nothing and fails with `InvalidParameterError`, `a/b` sends nothing and fails with `InvalidParameterError`",
    "404 with an empty body": "fails with `MemoryApiError`, status 404",
    "200 with a page of HTML, as a proxy may answer": "fails with `MemoryApiError`, status 200",
    "The answer to the creation of an import is cut off": "fails with `ConnectionError`; imports made: 1",
    "Import of a CSV file, with one call": "succeeds; 37 of 37 bytes are uploaded, its end is awaited",
    "Types of a 404": "`status` is `404`, `code` is `number | undefined`, `message` is `string`",
    "Type of a trait that is text":
      "`string | undefined` once told so, else `string | number | boolean | (string | number | boolean)[] | undefined`",
  });
});
