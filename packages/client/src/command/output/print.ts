/**
 * Prints a line of the result, no faster than it is read. An error of the output ends the process.
 *
 * @throws the reason of the signal, if it is aborted before somebody has read
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
