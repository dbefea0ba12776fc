/** The vendor's SDK uses the types of this package, but does not depend on them. */
declare module "jsonwebtoken" {
  export type Algorithm = string;
}
