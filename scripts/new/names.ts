/** `listProfileTraits` → `ListProfileTraits`. */
export function pascalCase(name: string): string {
  return name.replace(/^\w/, (letter) => letter.toUpperCase());
}

/** `listProfileTraits` or `ListProfileTraits` → `list-profile-traits`. */
export function kebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])[A-Z]/g, "-$&").toLowerCase();
}

/** `profileArchived` or `ProfileArchived` → `profileArchived`. */
export function camelCase(name: string): string {
  return name.replace(/^\w/, (letter) => letter.toLowerCase());
}

/** The names of the parameters in a path template. */
export function pathParametersOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}
