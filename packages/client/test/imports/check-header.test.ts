import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { importService } from "./import-service.ts";
import { rejectedSource } from "./rejected-source.ts";

let service: Awaited<ReturnType<typeof importService>>;
beforeAll(async () => {
  service = await importService();
});
beforeEach(() => service.behave());
afterAll(() => service.close());

const rejection = (source: ImportSource) => rejectedSource(service, source);

describe("a header row", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
  const quoted = (count: number) =>
    names(count)
      .map((name) => `"${name}"`)
      .join(", ");

  it("that lacks mapped columns is rejected with their names and those of the columns found", async () => {
    const { fault, columns, message } = await rejection(new Blob(["phone,city\n+14155550123,Oakland\n"]));
    expect([fault, columns]).toEqual(["header", ["email", "name"]]);
    expect(message).toBe('The header row lacks these mapped columns: "email", "name". It contains: "phone", "city".');
  });

  it("with another separator than a comma is rejected with a hint", async () => {
    const { message } = await rejection(new Blob(["email;name\na@example.com;Ada\n"]));
    expect(message).toBe(
      'The header row lacks these mapped columns: "email", "name". It contains: "email;name". Separate columns with commas.',
    );
  });

  it.each([
    ["one column", "phone", '"phone".'],
    ["semicolons in one of its columns", "first;last,city", '"first;last", "city".'],
    ["20 columns", names(20).join(), `${quoted(20)}.`],
    ["21 columns", names(21).join(), `${quoted(20)} and 1 more.`],
    ["a name of 40 characters", "😀".repeat(40), `"${"😀".repeat(40)}".`],
    ["a name of 41 characters", "😀".repeat(41), `"${"😀".repeat(40)}…".`],
    ["a name with six digits", "plan 2024-01", '"plan 2024-01".'],
    ["a mapped column and one that looks like data", "email,me@work", '"email", "me@work".'],
  ])("with %s is rejected with its columns", async (_, row, listed) => {
    const { message } = await rejection(new Blob([`${row}\n`]));
    expect(message.slice(message.indexOf("It contains: "))).toBe(`It contains: ${listed}`);
  });

  it("with many long names is rejected with the beginning of them", async () => {
    const names = Array.from({ length: 100 }, (_, index) => `${index} ${"x".repeat(1000)}`);
    const { message } = await rejection(new Blob([`${names.join()}\n`]));
    expect(message).toContain(`It contains: "0 ${"x".repeat(38)}…", "1 `);
    expect(message).toMatch(/"19 x+…" and 80 more\.$/);
    expect(message.length).toBeLessThan(1100);
  });

  it("with names that could control a terminal is rejected with escaped names", async () => {
    const { message } = await rejection(new Blob(['\u001b[2J,a\u009bb,"c\nd",\u202ee\n']));
    expect(message).toContain('It contains: "\\u001b[2J", "a\\u009bb", "c\\nd", "\\u202ee".');
  });

  it("that has a mapped column twice is rejected with its name", async () => {
    const { fault, columns, message } = await rejection(new Blob(["email,name,email\n"]));
    expect([fault, columns]).toEqual(["header", ["email"]]);
    expect(message).toBe('The header row contains these mapped columns more than once: "email".');
    const both = await rejection(new Blob(["email,name,email,name\n"]));
    expect(both.message).toBe('The header row contains these mapped columns more than once: "email", "name".');
  });

  it("may have other columns, and repeat them", async () => {
    await expect(service.run(new Blob(["email,x,x,name\na@example.com,1,2,Ada\n"]))).resolves.toMatchObject({
      status: "COMPLETED",
    });
  });

  it.each([
    ["an email address", "ada.reyes@example.com,Ada\n"],
    ["a phone number", "+1 (415) 555-0123,Ada\n"],
    ["a long number", "Ada,4155550123\n"],
  ])("that is a row of a customer is rejected without its content: %s", async (_, row) => {
    const error = await rejection(new Blob([row]));
    expect(error.message).toBe(
      'The header row lacks these mapped columns: "email", "name". Its content looks like data and is not shown. Does the file have a header row?',
    );
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/ada|555/i);
  });

  it("is checked in a stream, which is then closed", async () => {
    let isCancelled = false;
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode("phone\n")),
      cancel() {
        isCancelled = true;
      },
    });
    expect((await rejection({ stream, size: 100 })).fault).toBe("header");
    expect(isCancelled).toBe(true);
  });
});
