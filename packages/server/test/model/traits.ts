import type { TraitDefinition } from "../../src/domain/stores/store-rules.ts";
import {
  accountCells,
  accounts,
  arrayCells,
  booleanCells,
  type CellSample,
  emails,
  names,
  phones,
  type Sample,
  textCells,
} from "./samples.ts";

/** A trait of every store of the model. */
export interface Trait {
  readonly group: string;
  readonly name: string;
  readonly definition: TraitDefinition;
  readonly samples: readonly Sample[];
  readonly cells: readonly CellSample[];
}

export const TRAITS: readonly [Trait, ...Trait[]] = [
  text("Contact", "email", emails, "email"),
  text("Contact", "otherEmail", emails, "email"),
  text("Contact", "phone", phones, "phone"),
  text("Contact", "firstName", names),
  {
    group: "Billing",
    name: "account",
    definition: { dataType: "NUMBER", idTypePromotion: "account" },
    samples: accounts,
    cells: accountCells,
  },
  {
    group: "Billing",
    name: "isActive",
    definition: { dataType: "BOOLEAN" },
    samples: [{ value: true }, { value: false }],
    cells: booleanCells,
  },
  {
    group: "Billing",
    name: "tags",
    definition: { dataType: "ARRAY" },
    samples: [{ value: [] }, { value: ["a", 1, false] }],
    cells: arrayCells,
  },
];

function text(group: string, name: string, samples: readonly Sample[], idTypePromotion?: string): Trait {
  const definition: TraitDefinition = { dataType: "STRING", ...(idTypePromotion !== undefined && { idTypePromotion }) };
  return { group, name, definition, samples, cells: textCells(samples) };
}
