/** The states of an import as SVG. The text below it says the same, so it is hidden from screen readers. */
export const importStates = `<figure class="drawing"><div class="wide" tabindex="0"><svg viewBox="0 0 760 230" aria-hidden="true">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
<g class="state"><rect x="10" y="70" width="120" height="44" rx="8"/><text x="70" y="97">PENDING</text></g>
<g class="state"><rect x="250" y="70" width="140" height="44" rx="8"/><text x="320" y="97">PROCESSING</text></g>
<g class="state end"><rect x="620" y="10" width="130" height="44" rx="8"/><text x="685" y="37">COMPLETED</text></g>
<g class="state bad"><rect x="620" y="140" width="130" height="44" rx="8"/><text x="685" y="167">FAILED</text></g>
<path class="arrow" d="M130 92H246"/><text class="label" x="138" y="82">the file arrives</text>
<path class="arrow" d="M320 70V32H616"/><text class="label" x="340" y="24">all rows are read</text>
<path class="arrow" d="M320 114V152H616"/><text class="label" x="340" y="144">100 failed rows, or an unreadable file</text>
<path class="arrow" d="M70 114V200H685V188"/><text class="label" x="340" y="220">no file within 30 minutes</text>
</svg></div>
<figcaption>An import is <code>PENDING</code> until its file arrives, then <code>PROCESSING</code>, and ends as <code>COMPLETED</code> or <code>FAILED</code>.</figcaption></figure>`;
