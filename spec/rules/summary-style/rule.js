/** @import { Oas3Rule } from "@redocly/openapi-core" */

/** @type {[kept: (summary: string) => boolean, message: string][]} */
const conventions = [
  [(summary) => /^[A-Z]/.test(summary), "Begin this summary with a capital letter."],
  [
    (summary) => summary.length >= 3 && summary.length <= 60,
    "Write 3 to 60 characters; more goes into the description.",
  ],
  [(summary) => !summary.endsWith("."), "Write this summary without a period at its end."],
  [
    (summary) => !/^\w+(?:[^s]s|ing)\b/.test(summary),
    'Begin this summary with a verb in the imperative: "Fetch a profile", not "Fetches" or "Fetching".',
  ],
];

/**
 * Summaries are the menu of the documentation. They read as one list only if they are all made in the same way.
 *
 * @type {Oas3Rule}
 */
export const summaryStyle = () => ({
  Operation({ summary }, { report, location }) {
    if (summary === undefined) return;
    for (const [kept, message] of conventions) {
      if (!kept(summary)) report({ message, location: location.child("summary") });
    }
  },
});
