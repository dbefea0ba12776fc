/** A drawing in steps, one of which is visible. The style sheet shows all of them without a script, and in print. */
class MergeSteps extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", ({ target }) => {
      if (target instanceof HTMLElement && target.dataset["step"] !== undefined)
        this.#move(Number(target.dataset["step"]));
    });
    this.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.#move(step);
    });
  }

  #move(step: number): void {
    const sections = [...this.querySelectorAll("section")];
    const current = sections.findIndex((section) => "current" in section.dataset);
    const next = Math.min(Math.max(current + step, 0), sections.length - 1);
    for (const [index, section] of sections.entries()) section.toggleAttribute("data-current", index === next);
    this.#update(next, sections.length);
  }

  #update(current: number, count: number): void {
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = `Step ${current + 1} of ${count}`;
    const buttons = [...this.querySelectorAll("button")];
    for (const button of buttons) {
      const target = current + Number(button.dataset["step"]);
      button.disabled = target < 0 || target >= count;
    }
    // A disabled button loses the focus, and with it the arrow keys.
    if (
      buttons.some((button) => button.disabled && button === document.activeElement) ||
      document.activeElement === document.body
    ) {
      buttons.find((button) => !button.disabled)?.focus();
    }
  }
}

customElements.define("merge-steps", MergeSteps);
