import { markdownTable } from "../support/markdown-table.ts";
import type { Mode } from "./matrix.ts";

/** What happened to one mode of a cell, such as `require`. */
export interface Outcome {
  /** Absent if the cell has no modes. */
  readonly mode: Mode | undefined;
  /** Why it did not run. */
  readonly reason: string | undefined;
  readonly hasPassed: boolean;
}

interface Named {
  readonly name: string;
}

/** Returns a Markdown table with a title. A number in a cell refers to the reasons below it. */
export function matrixTable<Column extends Named, Row extends Named>(
  title: string,
  columns: readonly Column[],
  rows: readonly Row[],
  outcomesOf: (column: Column, row: Row) => readonly Outcome[],
): string {
  const reasons: string[] = [];
  const numberOf = (reason: string) => {
    if (!reasons.includes(reason)) reasons.push(reason);
    return `[${reasons.indexOf(reason) + 1}]`;
  };
  const cellOf = (outcomes: readonly Outcome[]) => {
    if (outcomes.some(({ reason, hasPassed }) => reason === undefined && !hasPassed)) return "NO";
    const run = outcomes.filter(({ reason }) => reason === undefined);
    const numbers = new Set(outcomes.flatMap(({ reason }) => (reason === undefined ? [] : [numberOf(reason)])));
    if (numbers.size === 0) return "yes";
    return [...run.map(({ mode }) => mode), ...numbers].join(" ");
  };
  const cells = rows.map((row) => [row.name, ...columns.map((column) => cellOf(outcomesOf(column, row)))]);
  const table = markdownTable([["", ...columns.map(({ name }) => name)], ...cells]);
  return [`${title}:`, table, ...reasons.map((reason, index) => `[${index + 1}] ${reason}`)].join("\n");
}
