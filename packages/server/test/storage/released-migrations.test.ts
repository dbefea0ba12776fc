import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MIGRATIONS as postgres } from "../../src/storage/postgres/migrations.ts";
import { MIGRATIONS as sqlite } from "../../src/storage/sqlite/migrations.ts";

/** SHA-256 of each step of a release. A release that appends steps appends their hashes. */
const RELEASED = {
  sqlite: [
    "1ead820050e8155b58fc391f69853e5ff2a2f5e6f1bc8a7c31ad062c57ef718f",
    "bc3eea1fb714875b94528435eda2fca483defd4903006dea4b3affc95080d482",
  ],
  postgres: [
    "346b2ce6c5922b5343d507d6a07e744b9c97f5a7d88d336b14523a66510d9624",
    "f0c77f2e48537d918741975738737b69344b1b9973c5989cd61ef7fb27973b30",
  ],
};

describe.each([
  ["SQLite", sqlite.map((step) => hash("sha256", step)), RELEASED.sqlite],
  ["PostgreSQL", postgres.map((step) => hash("sha256", step.join(";\n"))), RELEASED.postgres],
])("the migrations on %s", (_, hashes, released) => {
  it("begin with those of the last release, so that each database of that release can be migrated", () => {
    expect(hashes.slice(0, released.length)).toEqual(released);
  });
});
