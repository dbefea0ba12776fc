import { beforeAll, describe, expect, it } from "vitest";
import { type ContractChange, changesOfPairs } from "../contract-changes.ts";
import { truthTable } from "../truth-table/truth-table.ts";

const EXPECTED: Record<string, string> = {
  "another description of a response": "Nothing.",
  "an operation that becomes deprecated": "Stop using it before its sunset date.",
  "a new header": "Nothing. To use what is new, regenerate the code.",
  "another default of a parameter": "If you rely on the old default, send the value.",
  "an operation that is removed": "Stop calling it, or call its replacement.",
  "a renamed path": "Call the new path.",
  "another host": "Use a server that the operation still has.",
  "another operation ID": "Rename the call and its types.",
  "an operation that becomes repeatable, reversed": "Do not retry it automatically.",
  "an operation without its empty security": "Authenticate as the operation now requires.",
  "an unused schema, reversed": "Rename the type, or stop using it.",
  "a new optional parameter, reversed": "Stop sending the parameter.",
  "a parameter that becomes required": "Send the parameter.",
  "a list in one value": "Update how you send the parameter.",
  "a required body that is added": "Send a body.",
  "a required body that is added, reversed": "Stop sending a body.",
  "a second success status": "Handle the new status.",
  "a documented 404 that is removed": "Remove code that handles the status.",
  "a header that is removed": "Stop reading the header.",
  "a header that may be absent": "Handle a missing or different header.",
  "a new response property, reversed": "Stop sending and reading the property.",
  "a property that callers must send": "Send the required properties.",
  "a response property that may be absent": "Handle objects without these properties.",
  "a shorter string in a request": "Send only what the new contract accepts.",
  "a shorter string in a response, reversed": "Handle every value that the new contract allows.",
  "a schema of both directions that becomes narrower":
    "Send only what the new contract accepts, and handle every value that it allows.",
};

const rows = (await truthTable()).filter(({ title }) => title in EXPECTED);

describe("what a consumer must do", () => {
  let results: ContractChange[][];

  beforeAll(async () => {
    results = await changesOfPairs(rows.map(({ before, after }) => [before, after]));
  }, 120_000);

  it.each(Object.entries(EXPECTED))("about %s: %s", (title, action) => {
    const index = rows.findIndex((row) => row.title === title);
    expect(results[index]?.find(({ bump }) => bump === rows[index]?.bump)?.action).toBe(action);
  });
});
