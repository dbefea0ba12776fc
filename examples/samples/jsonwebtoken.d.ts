/** The types of the vendor's SDK import this package, but do not depend on its types. */
declare module "jsonwebtoken" {
  export type Algorithm = string;
}
