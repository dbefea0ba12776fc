import { type Deprecation, deprecationsOf, deprecationText, partsOf } from "../../../spec/deprecations.js";
import type { Node } from "../rating/contract-nodes.ts";

/** What `diff` says about something that is deprecated. An error fails CI. */
export interface DeprecationRemark {
  level: "error" | "warning" | "notice";
  /** JSON pointer into the current contract, or into the released one for what is gone. */
  pointer: string;
  text: string;
}

/**
 * Lists what is deprecated. It is an error to remove something before its sunset date, or to move this date to an earlier day.
 * Something whose date has passed may be removed at any time.
 *
 * @param today YYYY-MM-DD
 */
export function deprecationRemarks(released: Node, current: Node, today: string): DeprecationRemark[] {
  return [...brokenPromises(released, current, today), ...deprecationsOf(current).map((each) => remarkOn(each, today))];
}

function brokenPromises(released: Node, current: Node, today: string): DeprecationRemark[] {
  const parts = partsOf(current);
  const announced = deprecationsOf(current);
  const operations = new Set(parts.filter(({ kind }) => kind === "operation").map(({ name }) => name));
  return deprecationsOf(released)
    .filter(({ sunset }) => today < sunset)
    .flatMap((promise): DeprecationRemark[] => {
      const { kind, name, pointer, sunset } = promise;
      const isSame = (part: Pick<Deprecation, "kind" | "name">) => part.kind === kind && part.name === name;
      const users = parts.filter(isSame).flatMap((part) => part.operations);
      // A removed operation needs no other promise than its own.
      const lost = promise.operations.filter(
        (id) => !users.includes(id) && (kind === "operation" || operations.has(id)),
      );
      if (lost.length > 0 || (promise.operations.length === 0 && !parts.some(isSame))) {
        const from = kind === "operation" || lost.length === 0 ? "" : ` from ${lost.join(", ")}`;
        const text = `The ${describe(promise)} was removed${from} before its sunset date ${sunset}. Restore it until then.`;
        return [{ level: "error", pointer, text }];
      }
      const moved = announced.find((each) => isSame(each) && each.sunset < sunset);
      if (moved === undefined) return [];
      const text = `The sunset date of the ${describe(promise)} was moved from ${sunset} to ${moved.sunset}. Consumers rely on the announced date: restore it, or move it to a later day.`;
      return [{ level: "error", pointer: `${moved.pointer}/x-deprecation/sunset`, text }];
    });
}

function remarkOn(deprecation: Deprecation, today: string): DeprecationRemark {
  const { pointer, sunset } = deprecation;
  const isOver = today >= sunset;
  const advice = isOver ? " The date has passed: remove it in the next major release, or move the date." : "";
  return {
    level: isOver ? "warning" : "notice",
    pointer: `${pointer}/x-deprecation`,
    text: `The ${describe(deprecation)} is deprecated. ${deprecationText(deprecation)}${advice}`,
  };
}

function describe({ kind, name }: Pick<Deprecation, "kind" | "name">): string {
  return `${kind} \`${name}\``;
}
