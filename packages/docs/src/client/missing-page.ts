/** The part of Pagefind's API that is used here. */
interface Pagefind {
  search(words: string): Promise<{ results: { data(): Promise<{ url: string; meta: { title: string } }> }[] }>;
}

/** The 404 page: shows the address, the pages that the search finds for its last words, and a button that opens the search. */
class MissingPage extends HTMLElement {
  connectedCallback(): void {
    const address = this.querySelector("[data-path]");
    if (address) address.textContent = decode(location.pathname);
    const open = document.querySelector<HTMLButtonElement>("site-search [data-open-modal]");
    const button = this.querySelector<HTMLButtonElement>("[data-search]");
    if (open && button) {
      button.hidden = false;
      button.addEventListener("click", (event) => {
        // The search closes at a click outside of it.
        event.stopPropagation();
        open.click();
      });
    }
    void this.#suggest();
  }

  async #suggest(): Promise<void> {
    const words = decode(location.pathname).split("/").findLast(Boolean)?.replace(/\W+/g, " ").trim();
    if (!words) return;
    const pagefind: Pagefind = await import(/* @vite-ignore */ this.dataset["index"] ?? "");
    const { results } = await pagefind.search(words);
    const pages = await Promise.all(results.slice(0, 5).map((result) => result.data()));
    if (pages.length === 0) return;
    const list = this.querySelector("[data-suggestions] ul");
    list?.replaceChildren(...pages.map(({ url, meta }) => itemOf(url, meta.title)));
    this.querySelector("[data-suggestions]")?.removeAttribute("hidden");
  }
}

function itemOf(url: string, title: string): HTMLLIElement {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  const item = document.createElement("li");
  item.append(link);
  return item;
}

/** The path as a person reads it. A path that is not valid UTF-8 stays as it is. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

customElements.define("missing-page", MissingPage);
