/** A path of the contract as the router writes it: `/uploads/:importId`. */
export function routeUrl(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
