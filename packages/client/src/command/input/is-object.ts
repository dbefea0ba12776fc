/** Whether a value is an object of JSON: no array, not `null`. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
