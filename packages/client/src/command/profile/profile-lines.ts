import type { FetchedProfile } from "../../profiles/canonical-profile.ts";
import { printable } from "../output/printable.ts";

/** A profile as people read it: one thing a line. */
export function profileLines({ id, movedFrom, createdAt, traits }: FetchedProfile): string[] {
  const lines = [`id: ${id}`];
  if (movedFrom !== undefined) lines.push(`movedFrom: ${movedFrom} (it was merged into this profile)`);
  lines.push(`createdAt: ${createdAt}`);
  for (const [group, values] of Object.entries(traits)) {
    for (const [name, value] of Object.entries(values ?? {})) {
      lines.push(`${group}.${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
    }
  }
  return lines.map(printable);
}
