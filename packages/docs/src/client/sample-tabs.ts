const KEY = "memory-api-samples";
const CHOSEN = "memory-api-samples-chosen";

/** Tabs of code samples. A choice applies to all samples of the site, and is remembered. */
class SampleTabs extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", ({ target }) => this.#choose(target));
    this.addEventListener("keydown", (event) => this.#move(event));
    document.addEventListener(CHOSEN, () => this.#show(localStorage.getItem(KEY)));
    this.#show(localStorage.getItem(KEY));
  }

  get #tabs(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[role=tab]")];
  }

  #choose(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || target.getAttribute("role") !== "tab") return;
    localStorage.setItem(KEY, target.dataset["style"] ?? "");
    document.dispatchEvent(new Event(CHOSEN));
  }

  #move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tabs = this.#tabs;
    const at = event.target instanceof HTMLElement ? tabs.indexOf(event.target) : -1;
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const tab = tabs[(at + step + tabs.length) % tabs.length];
    this.#choose(tab ?? null);
    tab?.focus();
  }

  #show(style: string | null): void {
    const tabs = this.#tabs;
    if (!tabs.some((tab) => tab.dataset["style"] === style)) return;
    for (const tab of tabs) {
      const isChosen = tab.dataset["style"] === style;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (panel) panel.hidden = !isChosen;
    }
  }
}

customElements.define("sample-tabs", SampleTabs);
