/** JSON, or `undefined` for what is none. The error of the platform's parser would quote it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
