import { CHECKS } from "../checks/catalogue.ts";
import type { Check } from "../checks/check.ts";
import { CommandError } from "./command-error.ts";

/** Returns the page of a check, or the list of all checks. @throws {CommandError} if no check has the code */
export function explain(code?: string): string {
  if (code === undefined) return [...CHECKS.values()].map(listed).join("\n");
  const check = CHECKS.get(code);
  if (check !== undefined) return page(check);
  const similar = [...CHECKS.keys()].filter((each) => each.split("-").some((word) => code.split("-").includes(word)));
  const hint = similar.length > 0 ? ` Similar codes: ${similar.join(", ")}.` : "";
  throw new CommandError(`No check has the code ${code}.${hint} Run memory-conformance explain for the list.`);
}

function listed({ code, title }: Check): string {
  const width = Math.max(...[...CHECKS.keys()].map((each) => each.length));
  return `${code.padEnd(width)}  ${title}`;
}

function page({ code, title, severity, blame, explanation }: Check): string {
  return `${title}

Code:       ${code}
Severity:   ${severity}
Fix in:     usually the ${blame}

${explanation}`;
}
