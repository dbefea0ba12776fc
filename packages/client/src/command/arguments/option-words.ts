/** Options by name, as `parseArgs` gives them. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Options as they would be typed. */
export function optionWords(values: OptionValues): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    // What begins with a dash would be taken for an option.
    return [value].flat().flatMap((each) => (each.startsWith("-") ? [`--${name}=${each}`] : [`--${name}`, each]));
  });
}
