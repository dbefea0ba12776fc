/**
 * Generated: do not edit. Regenerate with `npx -y pnpm@12 generate`.
 *
 * From package.json.
 */
export const version = "1.0.0";
