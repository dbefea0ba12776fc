/** "Redocly" in letters, for the line "API docs by" under the menu, in a blue that is read on light and on dark. */
const wordmark = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="46" height="12"><text y="10" font-family="sans-serif" font-size="11" font-weight="bold" fill="#3b82f6">Redocly</text></svg>',
)}`;

/** What is wrong with a page of Redoc 3 that stands alone, why, and what mends it. */
const mends = [
  {
    fault: "The logo comes from another host",
    pattern: /https:\/\/cdn\.redoc\.ly\/redoc\/[\w-]+\.svg/g,
    mend: wordmark,
  },
  {
    fault: "Prerendered links lead to a path of the host, though the page looks for its sections in the fragment",
    pattern: /(?<=<a\b[^>]* href=")(?=\/)/g,
    mend: "#",
  },
];

/**
 * The page of `redocly build-docs --inlineBundle`, changed so that it needs no other host and no server.
 *
 * @throws {Error} if there is nothing to mend any more, so that a mend goes when Redoc no longer needs it
 */
export function selfContained(html: string): string {
  return mends.reduce((page, { fault, pattern, mend }) => {
    const mended = page.replace(pattern, mend);
    if (mended === page) throw new Error(`Redoc has changed. Is this still so, and where? ${fault}: ${pattern}`);
    return mended;
  }, html);
}
