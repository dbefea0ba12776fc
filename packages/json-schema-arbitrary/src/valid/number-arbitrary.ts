import fc from "fast-check";
import type { Shape } from "../schema/shape.ts";
import { checked } from "./checked.ts";

/** Numbers that a shape accepts. Returns undefined if none was found. */
export function numberArbitrary(shape: Shape): fc.Arbitrary<number> | undefined {
  const candidates = candidateNumbers(shape);
  if (candidates === undefined) return undefined;
  // fast-check takes -0 for less than 0.
  const hasZeroBound = shape.exclusiveMinimum === 0 || shape.exclusiveMaximum === 0;
  const isStepped = shape.multiples.length > 0 || shape.notMultiples.length > 0 || shape.isInteger;
  const needsCheck = isStepped || shape.isFraction || hasZeroBound;
  const numbers = needsCheck ? checked(candidates, (value) => acceptsNumber(shape, value)) : candidates;
  const edges = edgesOf(shape);
  if (numbers === undefined || edges.length === 0) return numbers;
  return fc.oneof({ arbitrary: numbers, weight: 9 }, { arbitrary: fc.constantFrom(...edges), weight: 1 });
}

/** The numbers at the bounds, which a large range would rarely contain. */
function edgesOf(shape: Shape): readonly number[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = shape;
  const bounds = [minimum, maximum, exclusiveMinimum + 1, exclusiveMaximum - 1];
  return bounds.filter((value) => Number.isFinite(value) && acceptsNumber(shape, value)).map(withoutNegativeZero);
}

/** Whether a number satisfies a shape, with the arithmetic of validators: floating point, without a tolerance. */
function acceptsNumber(shape: Shape, value: number): boolean {
  if (value < shape.minimum || value > shape.maximum) return false;
  if (value <= shape.exclusiveMinimum || value >= shape.exclusiveMaximum) return false;
  if (shape.isInteger && !Number.isInteger(value)) return false;
  if (shape.isFraction && Number.isInteger(value)) return false;
  return (
    shape.multiples.every((each) => isMultiple(value, each)) &&
    !shape.notMultiples.some((each) => isMultiple(value, each))
  );
}

function isMultiple(value: number, divisor: number): boolean {
  const quotient = value / divisor;
  // From 1e21 on, validators that compare with `parseInt` disagree with others.
  return Number.isInteger(quotient) && Math.abs(quotient) < 1e21;
}

/** The integers of a small range, or undefined. */
export function fewIntegers(shape: Shape): readonly number[] | undefined {
  if (!shape.isInteger) return undefined;
  const first = Math.ceil(Math.max(shape.minimum, shape.exclusiveMinimum));
  const last = Math.floor(Math.min(shape.maximum, shape.exclusiveMaximum));
  if (!(last - first <= 100) || !Number.isSafeInteger(first) || !Number.isSafeInteger(last)) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((value) =>
    acceptsNumber(shape, value),
  );
}

function candidateNumbers(shape: Shape): fc.Arbitrary<number> | undefined {
  const low = Math.max(shape.minimum, shape.exclusiveMinimum);
  const high = Math.min(shape.maximum, shape.exclusiveMaximum);
  const step = commonStep(shape.isInteger ? [...shape.multiples, 1] : shape.multiples);
  const doubles = fc
    .double({
      ...(Number.isFinite(low) && { min: low, minExcluded: shape.exclusiveMinimum === low }),
      ...(Number.isFinite(high) && { max: high, maxExcluded: shape.exclusiveMaximum === high }),
      noNaN: true,
      noDefaultInfinity: true,
    })
    .map(withoutNegativeZero);
  if (step !== undefined) {
    const steps = stepArbitrary(low, high, step);
    // Beyond 2^53, every double is an integer.
    if (steps !== undefined || !shape.isInteger) return steps;
    return doubles;
  }
  if (!hasDouble(shape, low, high)) return undefined;
  const integers = stepArbitrary(low, high, { numerator: 1, denominator: 1 }, shape);
  if (shape.isFraction) {
    const halves = stepArbitrary(low - 0.5, high - 0.5, { numerator: 1, denominator: 1 });
    return halves === undefined
      ? doubles
      : fc.oneof(
          doubles,
          halves.map((value) => value + 0.5),
        );
  }
  return integers === undefined ? doubles : fc.oneof(integers, doubles);
}

function hasDouble(shape: Shape, low: number, high: number): boolean {
  if (shape.isFraction && low === high) return !Number.isInteger(low);
  return low < high || acceptsNumber(shape, low);
}

function withoutNegativeZero(value: number): number {
  return value === 0 ? 0 : value;
}

interface Step {
  readonly numerator: number;
  readonly denominator: number;
}

/** Multiples of a step between two bounds, or undefined if there are none that are exact. */
function stepArbitrary(
  low: number,
  high: number,
  { numerator, denominator }: Step,
  shape?: Shape,
): fc.Arbitrary<number> | undefined {
  const most = Math.floor(Number.MAX_SAFE_INTEGER / numerator);
  const multipleAt = (count: number) => withoutNegativeZero((count * numerator) / denominator);
  let first = Math.max(-most, Math.ceil((low * denominator) / numerator));
  let last = Math.min(most, Math.floor((high * denominator) / numerator));
  const isOutside = (count: number) =>
    shape !== undefined && !acceptsNumber({ ...shape, isFraction: false, notMultiples: [] }, multipleAt(count));
  if (first <= last && isOutside(first)) first++;
  if (first <= last && isOutside(last)) last--;
  if (!(first <= last)) return undefined;
  const all = fc.integer({ min: first, max: last }).map(multipleAt);
  const near = { min: Math.max(first, -1000), max: Math.min(last, 1000) };
  if (last - first <= 2000 || near.min > near.max) return all;
  return fc.oneof(fc.integer(near).map(multipleAt), all);
}

/** Returns the least number of which all divisors are a part, as a fraction. */
function commonStep(divisors: readonly number[]): Step | undefined {
  if (divisors.length === 0) return undefined;
  const denominator = 10 ** Math.max(...divisors.map(decimals));
  const numerator = divisors.map((each) => Math.round(each * denominator)).reduce(leastCommonMultiple);
  return { numerator, denominator };
}

function decimals(value: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent));
}

function leastCommonMultiple(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b !== 0) [a, b] = [b, a % b];
  return (one / a) * other;
}
