/** Tells whoever listens. A log that cannot be written must not change how a call ends, so what a listener throws is dropped. */
export function told(tell: () => void): void {
  try {
    tell();
  } catch {
    // The listener's own matter.
  }
}
