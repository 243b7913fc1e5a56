import { h } from "./dom.js";

const MY_CLOCK = "mine";
const OFFSET = /(Z|[+-]\d\d:\d\d)$/;

/**
 * The facts for the API from the facts of an address: dotted names become groups, words become their types. A time of
 * which nobody said the zone is left out.
 */
export function factsOf(state, form) {
  const facts = {};
  for (const [name, text] of state) {
    const type = form.elements.namedItem(name)?.dataset.type;
    if (name === "ended_at" && !state.has("time_zone") && !OFFSET.test(text)) continue;
    const value = type === "boolean" ? text === "true" : type === "integer" ? Number(text) : text;
    const [group, member] = name.split(".");
    if (member) facts[group] = { ...facts[group], [member]: value };
    else facts[name] = value;
  }
  return facts;
}

/** A local time (2026-11-20T16:00) as this browser's clock means it, with its offset. */
function withOwnOffset(local) {
  const minutes = -new Date(local).getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${local}${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

/** A moment with its offset, as this browser's clock shows it: 2026-11-20T16:00. */
function onOwnClock(moment) {
  const date = new Date(moment);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The form: it reads and shows the facts as they stand in the address, and shows problems at their fields. */
export class FactsForm {
  #form;
  #book;
  #placed = null;

  constructor(form, book) {
    this.#form = form;
    this.#book = book;
    for (const [name, practices] of Object.entries({ sector: book.sectors, format: book.formats })) {
      const sorted = [...practices].sort((one, other) => one.title.localeCompare(other.title, "en"));
      const options = sorted.map((one) => h("option", { value: one.key, title: one.description }, one.title));
      this.#control(name).append(...options);
    }
  }

  /** The facts that are given, by name, as they stand in the address. Looks the country up if need be. */
  async state() {
    const typed = this.#control("country").value.trim();
    const code = await this.#book.lookUp(typed);
    if (code) this.#control("country").value = this.#book.countryName(code);
    await this.#place(code, {});
    const state = new URLSearchParams();
    for (const { name, value } of this.#form.elements) {
      if (name && value.trim()) state.set(name, value.trim());
    }
    if (typed) state.set("country", code ?? typed);
    const ended = state.get("ended_at");
    const mine = state.get("time_zone") === MY_CLOCK;
    if (ended && mine) state.set("ended_at", withOwnOffset(ended));
    if (!ended || mine) state.delete("time_zone");
    return state;
  }

  /**
   * Show the facts of an address, and give them as they stand there, with the time zone where the country has only one.
   * Names that the form does not have are not shown.
   */
  async show(state) {
    this.#form.reset();
    const country = state.get("country") ?? "";
    const ended = state.get("ended_at") ?? "";
    await this.#place(this.#book.countries.has(country) ? country : undefined, {
      subdivision: state.get("subdivision"),
      zone: state.get("time_zone"),
      // Whoever made the address need not live by the clock of whoever opens it.
      unguessed: ended !== "",
    });
    for (const [name, value] of state) this.#write(name, value);
    this.#control("country").value = this.#book.countryName(country);
    const complete = new URLSearchParams(state);
    if (OFFSET.test(ended)) {
      this.#write("ended_at", onOwnClock(ended));
      this.#write("time_zone", MY_CLOCK);
    } else if (ended && this.#control("time_zone").value) complete.set("time_zone", this.#control("time_zone").value);
    this.refresh();
    return complete;
  }

  /** Give one fact a value; an empty one takes it back. */
  set(fact, value) {
    this.#write(fact, String(value));
    this.refresh();
  }

  /** Show the fields that only some answers ask for. `asked`: facts that the last answer speaks of. */
  refresh(asked = null) {
    for (const field of this.#form.querySelectorAll("[data-when-asked]")) {
      const given = this.#control(field.dataset.fact).value !== "";
      if (asked) field.hidden = !given && !asked.has(field.dataset.fact);
      else if (given) field.hidden = false;
    }
    const law = this.#form.querySelector("#law");
    law.hidden = !law.querySelector(".field:not([hidden])");
    this.#field("time_zone").hidden = !this.#control("ended_at").value;
    const more = [...this.#form.querySelectorAll("#more :is(input, select)")];
    const given = more.filter((control) => control.value).length;
    this.#form.querySelector("#more-count").textContent = given ? `(${given} given)` : "";
  }

  clearProblems() {
    for (const shown of this.#form.querySelectorAll(".problem")) shown.remove();
    for (const control of this.#form.querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    }
  }

  /**
   * Show each of the API's `errors` at the field that it points at. Gives, for each, its words and its control; the
   * control is null where no field is meant.
   */
  showProblems(errors) {
    return errors.map((error) => {
      const name = this.#nameOf(error);
      const field = name && this.#field(name);
      const control = field ? this.#control(name) : null;
      const words = this.#wordsOf(error, name);
      if (control) this.#mark(field, control, words);
      return { words, control };
    });
  }

  /** Where a time is given and its zone is not known, say so at the field. */
  hintAtMissingZone() {
    if (this.#control("ended_at").value && !this.#control("time_zone").value) {
      this.#mark(this.#field("time_zone"), this.#control("time_zone"), "Choose the time zone to see days and hours.");
    }
  }

  /** A time of which the browser has only a part: it would be left out in silence. */
  unfinished() {
    return [...this.#form.elements].filter((control) => control.validity?.badInput).map((control) => {
      const words = "Finish this, or empty it.";
      this.#mark(control.closest(".field"), control, words);
      return { words, control };
    });
  }

  #mark(field, control, words) {
    const id = `${control.id}-problem`;
    field.hidden = false;
    const details = field.closest("details");
    if (details) details.open = true;
    field.append(h("p", { class: "problem", id }, words));
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
  }

  #nameOf({ pointer = "#" }) {
    return decodeURIComponent(pointer.slice(2)).replaceAll("/", ".");
  }

  #wordsOf({ detail, hint }, name) {
    const typed = this.#control("country").value.trim();
    const own = { country: typed ? `No country is called “${typed}” here.` : "Choose a country." };
    return [own[name] ?? detail, name === "country" && !typed ? null : hint].filter(Boolean).join(" ");
  }

  #control(name) {
    return this.#form.elements.namedItem(name);
  }

  #field(name) {
    return this.#form.querySelector(`[data-fact="${CSS.escape(name)}"]`);
  }

  #write(name, value) {
    const control = this.#control(name);
    if (!control) return;
    control.value = value;
    // A word that the list lacks stays visible, so that the API can say what is wrong with it.
    if (value && control.tagName === "SELECT" && control.value !== value) {
      control.append(h("option", { value }, name === "subdivision" ? this.#book.subdivisionName(value) : value));
      control.value = value;
    }
    const field = this.#field(name);
    if (value && field && name === "subdivision") field.hidden = false;
  }

  /** Offer what a country has: its parts that matter, and its time zones. */
  async #place(code, chosen) {
    if (this.#placed === code && !("subdivision" in chosen)) return;
    const { subdivisions = [], name = "" } = this.#book.countries.get(code) ?? {};
    const { zone, zones } = code ? await this.#book.zonesOf(code) : { zone: null, zones: [] };
    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.#placed = code;

    const part = this.#control("subdivision");
    part.replaceChildren(
      h("option", { value: "" }, "Elsewhere, or not known"),
      ...subdivisions.map((one) => h("option", { value: one }, this.#book.subdivisionName(one))),
    );
    this.#field("subdivision").hidden = subdivisions.length === 0;

    const clock = this.#control("time_zone");
    clock.replaceChildren(
      zone ? "" : h("option", { value: "" }, "Choose …"),
      h("optgroup", { label: name }, zones.map((one) => h("option", { value: one }, one.replaceAll("_", " ")))),
      zones.includes(mine) ? "" : h("option", { value: MY_CLOCK }, `My own clock (${mine})`),
    );
    clock.value = zone ?? (zones.includes(mine) && !chosen.unguessed ? mine : "");
    if (chosen.zone) this.#write("time_zone", chosen.zone);
  }
}
