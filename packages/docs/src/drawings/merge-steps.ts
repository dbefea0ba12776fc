import steps from "./merge-steps.json" with { type: "json" };
import type { StepProfile } from "./record-merge.ts";

const TITLES = [
  "A request with an email address that no profile has creates a profile.",
  "A request with a phone number creates another one. Nothing connects the two.",
  "A request with both identifiers merges them. The newer ID redirects to the older one.",
];

/** The merge of the guide, step by step. Without a script, all steps are visible; a script shows one at a time. */
export const mergeSteps = `<merge-steps class="drawing not-content">${steps
  .map(
    ({ sent, id, profiles }, index) => `<section aria-label="Step ${index + 1}">
<p><strong>${index + 1}.</strong> ${TITLES[index]}</p>
<div class="merge-step"><dl class="sent"><dt>Request</dt>${pairs(sent)}<dt>Response</dt><dd><code>${short(id)}</code></dd></dl>
<div class="profiles">${profiles.map((profile) => card(profile)).join("")}</div></div>
</section>`,
  )
  .join("")}</merge-steps>`;

function card({ id, traits, mergedIds }: StepProfile): string {
  const merged = mergedIds.map((other) => `<p class="merged-id"><code>${short(other)}</code> redirects here</p>`);
  return `<div class="profile-card"><p><code>${short(id)}</code></p><dl>${pairs(traits)}</dl>${merged.join("")}</div>`;
}

function pairs(traits: Readonly<Record<string, unknown>>): string {
  return Object.entries(traits)
    .map(([name, value]) => `<div><dt>${name}</dt><dd>${String(value)}</dd></div>`)
    .join("");
}

/** The end distinguishes IDs of the same moment. */
function short(id: string): string {
  return `mem_profile_…${id.slice(-6)}`;
}
