/**
 * Writes a line of the result to standard output and waits until it is written. A write error ends the process.
 *
 * @throws the reason of the signal, if it is aborted before the line is written
 */
export function print(line: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    process.stdout.write(`${line}\n`, (error) => {
      signal.removeEventListener("abort", onAbort);
      if (!error) resolve();
    });
    if (signal.aborted) onAbort();
  });
}

/** Escapes control characters, so that text from elsewhere stays on one line and cannot control the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
