import type { StoreOverview } from "../src/sandbox/control/overview.ts";
import { byId, svgElement } from "./elements.ts";

const COLUMN = 190;
const ROW = 26;
const MAX_COLUMNS = 5;

interface Group {
  readonly id: string;
  readonly merged: readonly string[];
}

/** Draws the newest profiles of a store. Below each, the profiles that were merged into it. */
export function drawMerges({ profiles, merges }: StoreOverview): void {
  const ids = [...new Set([...merges.map(({ canonicalId }) => canonicalId), ...profiles])].slice(0, 20);
  const groups = ids.map((id) => ({
    id,
    merged: merges.filter(({ canonicalId }) => canonicalId === id).map((merge) => merge.id),
  }));
  byId("graph-text").hidden = groups.length > 0;
  byId("graph").hidden = groups.length === 0;
  byId("graph-caption").textContent =
    merges.length === 0
      ? "The newest profiles. When profiles merge, the merged IDs appear below the canonical one."
      : `${merges.length} of the profiles in recent requests ${merges.length === 1 ? "was" : "were"} merged. Their IDs redirect to the profile above them.`;
  const drawing = byId("graph").querySelector("svg");
  if (drawing === null || drawing.dataset["drawn"] === JSON.stringify(groups)) return;
  drawing.dataset["drawn"] = JSON.stringify(groups);
  draw(drawing, groups);
}

function draw(drawing: SVGSVGElement, groups: readonly Group[]): void {
  const columns = Math.max(1, Math.min(MAX_COLUMNS, Math.floor(byId("graph").clientWidth / COLUMN)));
  const nodes: SVGElement[] = [];
  let top = 0;
  for (let first = 0; first < groups.length; first += columns) {
    const line = groups.slice(first, first + columns);
    for (const [column, group] of line.entries()) nodes.push(...drawGroup(group, column * COLUMN, top));
    top += ROW * (1 + Math.max(...line.map(({ merged }) => merged.length)));
  }
  drawing.setAttribute("viewBox", `0 0 ${columns * COLUMN} ${top}`);
  drawing.setAttribute("width", String(columns * COLUMN));
  drawing.replaceChildren(...nodes);
}

function drawGroup({ id, merged }: Group, left: number, top: number): SVGElement[] {
  const x = left + 8;
  const y = (row: number) => top + ROW * row + ROW / 2;
  return [
    ...merged.map((_, row) => svgElement("path", { d: `M${x} ${y(0)}V${y(row + 1)}H${x + 16}`, class: "edge" })),
    svgElement("circle", { cx: String(x), cy: String(y(0)), r: "6", class: "live" }),
    label(id, x + 14, y(0)),
    ...merged.flatMap((other, row) => [
      svgElement("circle", { cx: String(x + 18), cy: String(y(row + 1)), r: "5", class: "merged" }),
      label(other, x + 30, y(row + 1)),
    ]),
  ];
}

/** The end of an ID distinguishes it: IDs of the same second begin alike. */
function label(id: string, x: number, y: number): SVGElement {
  return svgElement("text", { x: String(x), y: String(y + 4) }, [`…${id.slice(-12)}`, svgElement("title", {}, [id])]);
}
