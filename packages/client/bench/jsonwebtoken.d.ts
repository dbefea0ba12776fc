/** The types of the vendor's SDK need those of this package, and do not bring them. */
declare module "jsonwebtoken" {
  export type Algorithm = string;
}
