import steps from "./merge-steps.json" with { type: "json" };
import type { StepProfile } from "./record-merge.ts";

const TITLES = [
  "A request with an email address that no profile has creates a profile.",
  "A request with a phone number creates another one. Nothing connects the two.",
  "A request with both identifiers merges them. The newer ID redirects to the older one.",
];

/** The merge of the guide, step by step. Without a script, all steps are visible; `merge-steps.ts` in `client` shows one at a time. */
export const mergeSteps = `<merge-steps class="drawing not-content">
<nav aria-label="Steps of the merge"><button type="button" data-step="-1" disabled>Previous</button>
<span role="status">Step 1 of ${steps.length}</span>
<button type="button" data-step="1">Next</button></nav>${steps
  .map(
    ({ sent, id, profiles }, index) => `<section aria-label="Step ${index + 1}"${index === 0 ? " data-current" : ""}>
<p><strong>${index + 1}.</strong> ${TITLES[index]}</p>
<div class="merge-step"><div class="sent"><p>Request</p><dl>${pairs(sent)}</dl><p>Response</p><code>${short(id)}</code></div>
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
