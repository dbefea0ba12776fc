import type { TraitValue } from "@memory-api/types";

/** A value to write, and the identifier that it is normalized to, as `type value`. Written by hand, without code of the server. */
export interface Sample {
  readonly value: TraitValue;
  readonly identifier?: string;
}

/** A cell of a file, and the value that it writes, if it fits its trait. */
export interface CellSample {
  readonly text: string;
  readonly value?: TraitValue | null;
}

export const emails: readonly Sample[] = [
  { value: "a@x.test", identifier: "email a@x.test" },
  { value: " A@X.test", identifier: "email a@x.test" },
  { value: "b@x.test", identifier: "email b@x.test" },
  { value: "B @x.test", identifier: "email b@x.test" },
  { value: "c@x.test", identifier: "email c@x.test" },
  { value: "d@x.test", identifier: "email d@x.test" },
  { value: "" },
  { value: " " },
];

export const phones: readonly Sample[] = [
  { value: "+12065550100", identifier: "phone +12065550100" },
  { value: "(206) 555-0100", identifier: "phone +12065550100" },
  { value: "206.555.0101", identifier: "phone +12065550101" },
  { value: "+442079460102", identifier: "phone +442079460102" },
  { value: "+12065550103", identifier: "phone +12065550103" },
  { value: "unknown" },
];

export const accounts: readonly Sample[] = [
  { value: 1, identifier: "account 1" },
  { value: 9007199254740991, identifier: "account 9007199254740991" },
  { value: -3, identifier: "account -3" },
];

export const names: readonly Sample[] = [
  { value: "Ada" },
  { value: 'Grace "G", Hopper\n' },
  { value: "ñ 🎉" },
  { value: "" },
];

const removal: CellSample = { text: "\\N", value: null };

export const accountCells: readonly CellSample[] = [
  { text: "1", value: 1 },
  { text: "9007199254740991", value: 9007199254740991 },
  { text: "2.5" },
  { text: "9007199254740993" },
  { text: "" },
  { text: "one" },
  removal,
];

export const booleanCells: readonly CellSample[] = [
  { text: "true", value: true },
  { text: "FALSE", value: false },
  { text: "yes" },
  removal,
];

export const arrayCells: readonly CellSample[] = [
  { text: '["a",1]', value: ["a", 1] },
  { text: "[]", value: [] },
  { text: "[[1]]" },
  { text: "a" },
  removal,
];

/** The value of a STRING cell is its text. */
export function textCells(samples: readonly Sample[]): CellSample[] {
  const texts = samples.flatMap(({ value }) => (typeof value === "string" ? [{ text: value, value }] : []));
  return [...texts, { text: "", value: "" }, removal];
}
