import type { JsonValue } from "../json.ts";
import type { Conjunction, Shape } from "../schema/shape.ts";

/** One way to build values of one JSON type. */
export type Plan = ValuesPlan | NumberPlan | StringPlan | ArrayPlan | ObjectPlan;

interface Checked {
  /** If present, the built values must be checked against these schemas. */
  readonly check?: Conjunction;
}

interface ValuesPlan {
  readonly kind: "values";
  readonly values: readonly JsonValue[];
}

interface NumberPlan extends Checked {
  readonly kind: "number";
  readonly shape: Shape;
}

interface StringPlan extends Checked {
  readonly kind: "string";
  readonly shape: Shape;
}

/** Some items at any place, such as those that `contains` demands. */
interface Slot {
  readonly schemas: Conjunction;
  readonly min: number;
  readonly max: number;
}

export interface ArrayPlan extends Checked {
  readonly kind: "array";
  readonly min: number;
  readonly max: number;
  readonly isUnique: boolean;
  /** The schemas of the first items. */
  readonly prefix: readonly Conjunction[];
  readonly rest: Conjunction;
  readonly slots: readonly Slot[];
  /** Indexes of two items that must be equal. */
  readonly copy?: readonly [from: number, to: number];
}

export interface Property {
  readonly name: string;
  readonly schemas: Conjunction;
}

/** Properties with other names, which share the schemas of their values. */
export interface PropertySource {
  readonly names: Conjunction;
  readonly schemas: Conjunction;
}

export interface ObjectPlan extends Checked {
  readonly kind: "object";
  readonly min: number;
  readonly max: number;
  readonly required: readonly Property[];
  readonly optional: readonly Property[];
  readonly sources: readonly PropertySource[];
  /** One property of each of these is present. */
  readonly forced: readonly PropertySource[];
  /** Names that `sources` must not generate. */
  readonly reserved: ReadonlySet<string>;
}
