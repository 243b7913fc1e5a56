import { all, get } from "./api.js";
import { subdivisionNames } from "./subdivisions.js";

const regions = new Intl.DisplayNames(["en"], { type: "region" });

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** The name of a country in its own most spoken language, as far as the browser knows it. */
function ownName(code) {
  const { language } = new Intl.Locale(`und-${code}`).maximize();
  return { text: new Intl.DisplayNames([language], { type: "region" }).of(code), lang: language };
}

/** What the page knows of the rules: names of countries, sectors, formats, situations and companies. */
export class Book {
  #aliases = null;
  #zones = new Map();
  #companies = new Map([["reported", "What is reported of the company"]]);

  static async load() {
    const lists = ["countries", "sectors", "formats", "situations"].map((name) => all(`v1/rules/${name}`));
    return new Book(...(await Promise.all(lists)));
  }

  constructor(countries, sectors, formats, situations) {
    this.countries = new Map(countries.map((country) => [country.code, country]));
    this.sectors = sectors;
    this.formats = formats;
    this.titles = new Map([...sectors, ...formats, ...situations].map((practice) => [practice.key, practice.title]));
  }

  countryName(code) {
    return this.countries.get(code)?.name ?? code;
  }

  regionName(code) {
    return regions.of(code) ?? code;
  }

  subdivisionName(code) {
    return subdivisionNames[code] ?? code;
  }

  companyName(key) {
    return this.#companies.get(key) ?? key;
  }

  /** The country that a text means by its code or a name that the page knows; undefined if none. */
  codeOf(text) {
    const wanted = folded(text);
    const found = this.#names().find(({ country, names }) => folded(country.code) === wanted || names.includes(wanted));
    return found?.country.code;
  }

  /** The same, and if the page does not know it, what the API finds. */
  async lookUp(text) {
    const known = this.codeOf(text);
    if (known || !text) return known;
    const { items } = await get(`v1/rules/countries?${new URLSearchParams({ query: text.slice(0, 100), limit: 2 })}`);
    return items.length === 1 ? items[0].code : undefined;
  }

  /** Countries for a text as it is typed: names that begin with it first. */
  suggestCountries(text) {
    const wanted = folded(text);
    const rank = (name) => {
      const place = ` ${name}`.indexOf(` ${wanted}`);
      return place === 0 ? 0 : place > 0 ? 1 : name.includes(wanted) ? 2 : 3;
    };
    return this.#names()
      .map(({ country, names, own }) => {
        const best = Math.min(...names.map(rank), folded(country.code) === wanted ? 0 : 3);
        return { text: country.name, detail: own.text === country.name ? "" : own.text, lang: own.lang, best };
      })
      .filter(({ best }) => best < 3)
      .sort((one, other) => one.best - other.best || one.text.localeCompare(other.text, "en"))
      .slice(0, wanted ? 8 : this.countries.size);
  }

  async suggestCompanies(text, signal) {
    if (!text) return [];
    const { items } = await get(`v1/rules/companies?${new URLSearchParams({ query: text, limit: 8 })}`, signal);
    for (const company of items) this.#companies.set(company.key, company.name);
    return items.map((company) => ({ text: company.name, detail: company.domains[0] ?? "" }));
  }

  /** Learn the names of the companies that a decision speaks of. */
  async learnCompanies(decision) {
    const text = JSON.stringify([decision.reasons, decision.stops, decision.remarks]);
    const scopes = text.matchAll(/"(?:stop:)?company:([a-z0-9-]+)/g);
    const unknown = new Set([...scopes].map((match) => match[1]).filter((key) => !this.#companies.has(key)));
    for (const key of unknown) this.#companies.set(key, (await get(`v1/rules/companies/${key}`)).name);
  }

  /** Time zones of a country: `zone` if it has only one that matters, else `zones` to choose from. */
  async zonesOf(code) {
    if (!this.#zones.has(code)) this.#zones.set(code, (await get(`v1/rules/countries/${code}`)).time_zone);
    const zone = this.#zones.get(code);
    const locale = new Intl.Locale(`und-${code}`);
    const zones = locale.getTimeZones?.() ?? locale.timeZones ?? Intl.supportedValuesOf("timeZone");
    return { zone, zones: zone ? [zone] : [...zones].sort() };
  }

  /** Every country with its names, folded. Made at first use: the browser's own names take a moment. */
  #names() {
    const here = new Intl.DisplayNames(navigator.languages, { type: "region" });
    this.#aliases ??= [...this.countries.values()].map((country) => {
      const own = ownName(country.code);
      return { country, own, names: [country.name, own.text, here.of(country.code)].map(folded) };
    });
    return this.#aliases;
  }
}
