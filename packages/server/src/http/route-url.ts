/** A path of the contract in the syntax of the router: `/uploads/:importId`. */
export function routeUrl(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

/**
 * Compares path templates that match the same URL: at the first segment that differs, a literal precedes a template, as in the
 * router. The brace of a template follows every character of a literal, so the order of their characters suffices. The names of
 * parameters do not matter.
 */
export function byPrecedence(one: string, other: string): number {
  const [first, second] = [withoutNames(one), withoutNames(other)];
  return first < second ? -1 : Number(first > second);
}

function withoutNames(path: string): string {
  return path.replaceAll(/\{\w+\}/g, "{}");
}

/**
 * The URL that the router receives. It rejects a path that is not valid percent-encoding before any check, so such a path is escaped:
 * it then reaches its route, or none, and the checks run in their order.
 */
export function routableUrl(url: string): string {
  const queryAt = url.indexOf("?");
  const pathname = queryAt < 0 ? url : url.slice(0, queryAt);
  return isDecodable(pathname) ? url : pathname.replaceAll("%", "%25") + url.slice(pathname.length);
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
