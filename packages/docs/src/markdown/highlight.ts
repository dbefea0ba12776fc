import { toHtml } from "hast-util-to-html";
import bash from "highlight.js/lib/languages/bash";
import http from "highlight.js/lib/languages/http";
import json from "highlight.js/lib/languages/json";
import csv from "highlight.js/lib/languages/plaintext";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";

/** The languages of the code on this site. */
export const languages = {
  bash,
  csv,
  http,
  js: typescript,
  json,
  python,
  ts: typescript,
  typescript,
  sh: bash,
  text: csv,
  yaml,
};

const lowlight = createLowlight(languages);

/** Returns code as HTML, whose tokens have classes. A style sheet colors them, so no element needs a `style` attribute. */
export function highlight(code: string, language: keyof typeof languages): string {
  return toHtml(lowlight.highlight(language, code));
}
