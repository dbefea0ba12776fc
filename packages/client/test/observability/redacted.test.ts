import { describe, expect, it } from "vitest";
import { redacted } from "../../src/observability/redacted.ts";

const Authorization = `Basic ${Buffer.from("SK1:gehëim").toString("base64")}`;
const contact = {
  firstName: "Ada",
  email: "Ada@Example.com",
  note: 'a "b" c',
  floor: 3,
  isVip: true,
  balance: 918273,
  tags: ["red"],
};
const url = "https://memory.example.com/v1/Stores/mem_store_00000000000000000000000000/Profiles";
const write = { url, headers: { Authorization }, body: JSON.stringify({ traits: { Contact: contact } }) };
const batch = { ...write, body: JSON.stringify({ profiles: [{ traits: {} }, { traits: { Contact: contact } }] }) };
const upload = {
  url: "https://storage.example.com/uploads/a.csv?expires=1800&token=17.9.a%2Bb&X-Signature=c0ffee",
  headers: {},
};

describe("what a service says of a request with credentials", () => {
  it.each([
    ["the header", `${Authorization} is refused`, "Basic … is refused"],
    ["both parts", "not SK1:gehëim", "not …:…"],
    ["the key", "no key SK1", "no key …"],
    ["the secret", "'gehëim' is wrong", "'…' is wrong"],
  ])("does not repeat %s", (_, text, expected) => {
    expect(redacted(text, write)).toBe(expected);
  });
});

describe.each([
  ["a profile", write],
  ["a batch", batch],
])("what a service says of %s", (_, sent) => {
  it.each([
    ["a trait value", "Ada@Example.com is taken", "… is taken"],
    ["an identifier in lower case", "ada@example.com is taken", "… is taken"],
    ["a value that is part of another", "Ada and Ada@Example.com", "… and …"],
    ["a number", "918273 is too much", "… is too much"],
    ["an item of a list", "red, or not", "…, or not"],
    ["a body as it was sent", JSON.stringify({ note: contact.note }), '{"note":"…"}'],
  ])("does not repeat %s", (_, text, expected) => {
    expect(redacted(text, sent)).toBe(expected);
  });

  it.each([
    ["a word with a value in it", "The Adamant Armada"],
    ["an index", "/profiles/3/traits"],
    ["a type", "must be true or false"],
    ["a name", "Contact.email"],
  ])("repeats %s", (_, text) => {
    expect(redacted(text, sent)).toBe(text);
  });
});

describe("what a service says of an import", () => {
  it("repeats the names of the mapping", () => {
    const body = JSON.stringify({ filename: "a.csv", columnMappings: [{ columnName: "mail", traitName: "email" }] });
    expect(redacted("mail: no such trait email", { ...write, body })).toBe("mail: no such trait email");
  });
});

describe("what a storage says of an upload", () => {
  it.each([
    ["a value of the query", "c0ffee is wrong", "… is wrong"],
    ["a value that was encoded, in either form", "a%2Bb, a+b", "…, …"],
    ["the whole query", "/uploads/a.csv?expires=1800&token=17.9.a%2Bb", "/uploads/a.csv?expires=…&token=17.9.…"],
  ])("does not repeat %s", (_, text, expected) => {
    expect(redacted(text, upload)).toBe(expected);
  });

  it("repeats the names of the query, which say what is wrong", () => {
    expect(redacted("The token has expired", upload)).toBe("The token has expired");
  });
});
