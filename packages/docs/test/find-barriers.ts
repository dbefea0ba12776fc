import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "puppeteer-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Returns the findings of axe on a page in a theme, each with its first elements.
 *
 * @param rules default: all rules
 */
export async function findBarriers(page: Page, theme: "light" | "dark", rules?: readonly string[]): Promise<string[]> {
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  await page.evaluate(axe);
  return page.evaluate(
    async (name, runOnly) => {
      // The site has its own switch.
      document.documentElement.dataset["theme"] = name;
      const options = { resultTypes: ["violations"], ...(runOnly && { runOnly }) };
      const { violations } = await Reflect.get(window, "axe").run(options);
      return violations.map(
        ({ id, help, nodes }: { id: string; help: string; nodes: { target: string[] }[] }) =>
          `${name}: ${id} (${help}): ${nodes
            .slice(0, 3)
            .map(({ target }) => target.join(" "))
            .join(", ")}`,
      );
    },
    theme,
    rules,
  );
}
