const SELECTED = "aria-selected";

/**
 * Tabs by the pattern of the ARIA Authoring Practices: the arrow keys, Home and End move between them and show the
 * panel at once. A tab with `data-address` is shown at that address (`#my-search`); the other keeps its own, and both
 * their titles, while it is not shown. `shown(tab)` is called when another tab is shown.
 */
export class Tabs {
  #all;
  #kept = new Map();
  #shown;

  constructor(list, shown) {
    this.#all = [...list.querySelectorAll('[role="tab"]')];
    this.#shown = shown;
    for (const tab of this.#all) {
      tab.addEventListener("click", () => this.#turnTo(tab));
      tab.addEventListener("keydown", (event) => this.#move(event, tab));
    }
  }

  /** Show the tab that the address means. Gives it. */
  follow() {
    const meant = this.#all.find((tab) => tab.dataset.address === location.hash);
    const tab = meant ?? this.#all.find((one) => !one.dataset.address);
    if (tab !== this.#current()) this.#show(tab);
    return tab;
  }

  #current() {
    return this.#all.find((tab) => tab.getAttribute(SELECTED) === "true");
  }

  /** Show a tab at its own address. That is no step in the history: Back leads to the facts that were asked about. */
  #turnTo(tab) {
    const before = this.#current();
    if (tab === before) return;
    if (!before.dataset.address) this.#kept.set(before, location.hash);
    const address = tab.dataset.address ?? this.#kept.get(tab) ?? "";
    history.replaceState(null, "", address || location.pathname);
    this.#show(tab);
  }

  #show(tab) {
    const before = this.#current();
    before.dataset.title = document.title;
    for (const one of this.#all) {
      one.setAttribute(SELECTED, String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
      document.getElementById(one.getAttribute("aria-controls")).hidden = one !== tab;
    }
    document.title = tab.dataset.title ?? document.title;
    this.#shown(tab);
  }

  #move(event, tab) {
    const last = this.#all.length - 1;
    const at = this.#all.indexOf(tab);
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#all[to].focus();
    this.#turnTo(this.#all[to]);
  }
}
