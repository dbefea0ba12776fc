import { type Measurement, table } from "./figure.ts";

/** Returns a measurement as a section of Markdown. */
export function sectionOf({ title, figures, comparison, notes }: Measurement): string {
  const rows = figures.map(({ what, measured, budget }) => [what, measured, budget]);
  const budgets = rows.length > 0 ? [table([["What", "Measured", "Budget"], ...rows])] : [];
  return `${[`## ${title}`, ...budgets, table(comparison), ...notes.map((note) => `${note}.`)].join("\n\n")}\n`;
}

/** Returns the page with the section of the same title replaced. */
export function withSection(page: string, section: string): string {
  const [title = ""] = section.split("\n", 1);
  const sections = page.split(/^(?=## )/m);
  const place = sections.findIndex((each) => each.startsWith(`${title}\n`));
  if (place < 0) throw new Error(`The page has no section ${JSON.stringify(title)}.`);
  return sections.with(place, place < sections.length - 1 ? `${section}\n` : section).join("");
}
