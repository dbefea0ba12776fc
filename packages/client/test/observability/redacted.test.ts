import { describe, expect, it } from "vitest";
import { redacted } from "../../src/observability/redacted.ts";

const Authorization = `Basic ${Buffer.from("SK01:gehëim").toString("base64")}`;
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
  url: "https://storage.example.com/uploads/a.csv?expires=1800&token=17.9.a%2Bbc&X-Signature=c0ffee",
  headers: {},
};

describe("a message about a request with credentials", () => {
  it.each([
    ["the header", `${Authorization} is refused`, "Basic … is refused"],
    ["both parts", "not SK01:gehëim", "not …:…"],
    ["the key", "no key SK01", "no key …"],
    ["the secret", "'gehëim' is wrong", "'…' is wrong"],
    ["the header in a URL", `?auth=${encodeURIComponent(Authorization.slice(6))}`, "?auth=…"],
  ])("does not repeat %s", (_, text, expected) => {
    expect(redacted(text, write)).toBe(expected);
  });

  it.each([
    ["Bearer a.b.c-secret", "Bad a.b.c-secret", "Bad …"],
    ["Bearer abcdefgh", "Bad xabcdefghx", "Bad x…x"],
    ["c0ffee", "Bad c0ffee", "Bad …"],
    ['Digest username="ada1", response="c0ffee"', "ada1: c0ffee is wrong", "…: … is wrong"],
    [`Basic ${btoa("SK01:c0:ff:ee")}`, "SK01 with c0:ff:ee", "… with …"],
  ])("does not repeat the credentials of %s", (authorization, text, expected) => {
    expect(redacted(text, { url, headers: { Authorization: authorization } })).toBe(expected);
  });

  it("repeats a credential of fewer than 4 characters", () => {
    const headers = { Authorization: `Basic ${btoa("is:key")}` };
    expect(redacted("This is the key", { url, headers })).toBe("This is the key");
  });
});

describe.each([
  ["a profile", write],
  ["a batch", batch],
])("a message about %s", (_, sent) => {
  it.each([
    ["a trait value", "Ada@Example.com is taken", "… is taken"],
    ["an identifier in lower case", "ada@example.com is taken", "… is taken"],
    ["a value that is part of another", "Ada and Ada@Example.com", "… and …"],
    ["a number", "918273 is too much", "… is too much"],
    ["an item of a list", '"red", or not', '"…", or not'],
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

const serviceMessages = [
  "/traits/Contact/phone: must be a string, as the trait's data type is STRING",
  "/traits/Kontact: the store does not declare this trait group",
  "/traits/Contact/firstName: must have at most 1024 characters",
  "/profiles/3: The request must contain at least one trait that is promoted to an identifier",
  "/columnMappings/1: the store does not declare the trait Contact.nickname",
  "No profile has this ID",
  "Too many requests; wait for the number of seconds in Retry-After",
  "profileId: must match the pattern ^mem_profile_[0-7][0-9a-z]{25}$",
  "The profile is mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv now",
  "https://www.twilio.com/docs/api/errors/520049",
];

const sentWith = (values: unknown) => ({ ...write, body: JSON.stringify({ traits: { Contact: { values } } }) });

describe("a trait value that is a word of the message", () => {
  const words = ["no", "No", "Contact", "is", "must", "the", "store", "string", "string.", "a", "", " ", "3", "100"];
  const names = ["phone", "firstName", "After", "nickname", "520049", "ID"];

  it.each(serviceMessages)("does not change: %s", (text) => {
    expect(redacted(text, sentWith([...words, ...names]))).toBe(text);
  });

  it("is removed if it is quoted", () => {
    const text = `Value "Contact", 'no', \`must\` and "3"; no Contact`;
    const sent = sentWith({ Contact: "Contact", others: ["no", "must", 3] });
    expect(redacted(text, sent)).toBe(`Value "…", '…', \`…\` and "…"; no Contact`);
  });
});

describe("a trait value", () => {
  it.each<[unknown, string, string]>([
    ["Oakland", 'Value "Oakland" exceeds 4 characters', 'Value "…" exceeds 4 characters'],
    ["Oakland", "Oakland is not allowed, nor is oakland", "… is not allowed, nor is oakland"],
    ["Oakland", "Not Oakland.", "Not …."],
    ["Oakland", "Value 'OAKLAND'", "Value '…'"],
    ["O'Brien", "Value 'O'Brien' or O'Brien", "Value '…' or …"],
    ["Ada Reyes", "Ada Reyes is not allowed", "… is not allowed"],
    ["ada.reyes@example.com", "ada.reyes@example.com is not allowed", "… is not allowed"],
    ["ada.reyes@example.com", "/v1/ada.reyes@example.com", "/v1/…"],
    ["+14155550100", "+14155550100: no such number", "…: no such number"],
    ["(415) 555-0100", "no (415) 555-0100", "no …"],
    [1815, "/traits/Contact/born: not 1815", "/traits/Contact/born: not …"],
    [-0.25, "not -0.25", "not …"],
    ['a "b" c', 'Value "a "b" c" is too long', 'Value "…" is too long'],
    ['a "b" c', 'Value "a \\"b\\" c" is too long', 'Value "…" is too long'],
    ["C:\\new", "Value C:\\new is too long", "Value … is too long"],
    ["C:\\new", '{"path":"C:\\\\new"}', '{"path":"…"}'],
    ["Zoë", "Zoë and Zoëtrope", "… and Zoëtrope"],
    ["Zoë", 'Value "Zo\\u00eb"', 'Value "…"'],
    ["😀.*", "not 😀.*", "not …"],
  ])("%j is removed from: %s", (value, text, expected) => {
    expect(redacted(text, sentWith([value]))).toBe(expected);
  });

  it("is removed if the body was sent with escapes", () => {
    expect(redacted("Zoë and Zoe", { ...write, body: '{ "traits": { "A": { "b": "Zo\\u00eb" } } }' })).toBe(
      "… and Zoe",
    );
  });
});

describe.each([
  [
    "of 15 MB",
    JSON.stringify({ profiles: Array(150_000).fill({ traits: { Contact: { ...contact, city: "Oakland, CA" } } }) }),
  ],
  ["that is not JSON", '{"traits": "Ada'],
  ["that is nested too deeply", `{"traits":${"[".repeat(30_000)}${"]".repeat(30_000)}}`],
])("a message about a body %s", (_, body) => {
  const sent = { ...write, body };

  it.each(serviceMessages)("keeps: %s", (text) => {
    expect(redacted(text, sent)).toBe(text);
  });

  it.each([
    ["credentials", `${Authorization}: not SK01:gehëim`, "Basic …: not …:…"],
    [
      "a quoted text",
      `/profiles/3: "Oakland" and 'O'Brien' exceed 4 characters`,
      `/profiles/3: "…" and '…' exceed 4 characters`,
    ],
    ["a quoted text with escapes", 'Value "a \\"b\\" c" is too long', 'Value "…" is too long'],
    ["a quoted text that is cut off", 'Value "Oakland, Cal', 'Value "…"'],
    ["an email address", "ada.reyes@example.com is not allowed", "… is not allowed"],
    ["phone numbers", "+14155550100, +1 (415) 555-0100, 415 555 0100", "…, …, …"],
    ["a long word with digits", "user-01kjpx9gbsf3 is taken", "… is taken"],
  ])("does not repeat %s", (_, text, expected) => {
    expect(redacted(text, sent)).toBe(expected);
  });
});

describe("a message about an import", () => {
  it("repeats the names of the mapping", () => {
    const body = JSON.stringify({ filename: "a.csv", columnMappings: [{ columnName: "mail", traitName: "email" }] });
    expect(redacted("mail: no such trait email", { ...write, body })).toBe("mail: no such trait email");
  });
});

describe("a message of a storage about an upload", () => {
  it.each([
    ["a value of the query", "c0ffee is wrong", "… is wrong"],
    ["an encoded value in either form", "a%2Bbc, a+bc", "…, …"],
    ["the whole query", "/uploads/a.csv?expires=1800&token=17.9.a%2Bbc", "/uploads/a.csv?expires=…&token=17.9.…"],
  ])("does not repeat %s", (_, text, expected) => {
    expect(redacted(text, upload)).toBe(expected);
  });

  it("repeats the names of query parameters", () => {
    expect(redacted("The token has expired", upload)).toBe("The token has expired");
  });
});
