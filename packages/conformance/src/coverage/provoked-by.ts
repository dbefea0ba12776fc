/** What a response requires, by status, if its description does not say how a tester can cause it. */
const CAUSES: Readonly<Record<string, string>> = {
  "301": "a GET of a profile that was merged into another",
  "308": "a PATCH or DELETE of a profile that was merged into another",
  "401": "a request without valid credentials",
  "403": "a request for the store of another account: set --other-store, --other-user and --other-password-env",
  "404": "an ID that does not exist",
  "409": "an upload after one that succeeded",
  "411": "an upload without Content-Length",
  "413": "a body that is larger than the limit",
  "415": "a body with an unsupported media type or content coding",
  "429": "more requests than a rate limit allows: configure low limits in the implementation",
  "500": "a fault of the implementation, which no request may cause",
  "503": "an overload, or a dependency that is unavailable",
};

/** @param description the description of the response in the contract */
export function provokedBy(status: string, description: string): string {
  if (status.startsWith("2")) return "a valid request";
  const [sentence = description] = description.split(/(?<=\.)\s/, 1);
  return CAUSES[status] ?? `the case that the contract describes: ${sentence.trim()}`;
}
