import { h } from "./dom.js";
import { cited, terms } from "./parts.js";
import * as words from "./words.js";

/** The kind of answer: the outcome, or `prohibited` where a stop forbids a note. */
export function kindOf({ thank_you: thanks }) {
  return thanks.prohibited && thanks.outcome === "do_not_send" ? "prohibited" : thanks.outcome;
}

/** Why the answer is what it is, in a sentence or two. */
export function lead(decision, book) {
  const { thank_you: thanks, reasons: why } = decision;
  const own = why.find(({ field }) => field === "thank_you.outcome");
  const place = book.countryName(decision.facts.country);
  const [kindOfScope, region] = why.find(({ field }) => field === "thank_you.expectation")?.scope.split(":") ?? [];
  let said = words.expectations[thanks.expectation];
  if (kindOf(decision) === "prohibited") said = "Something forbids it, whatever the custom is.";
  else if (own) said = own.notes.join(" ");
  else if (thanks.confidence === "none") {
    said = `Nothing is known about ${place} yet. This is the harmless choice, not a custom.`;
  }
  return kindOfScope === "region" ? `${said} Judged by ${book.regionName(region)}, not by ${place} itself.` : said;
}

/** What forbids a note or asking, each once. */
export function stops(decision) {
  const merged = new Map();
  for (const stop of decision.stops) {
    const same = merged.get(stop.because) ?? { forbids: new Set(), sources: new Set(), lifted: false };
    same.forbids.add(stop.forbids === "thank_you" ? "no note" : "no asking");
    for (const key of stop.sources) same.sources.add(key);
    same.lifted ||= stop.overridden_by_user;
    merged.set(stop.because, same);
  }
  return [...merged].map(([because, { forbids, sources: keys, lifted }]) =>
    h(
      "div",
      { class: "note stop" },
      h("p", {}, h("strong", {}, `${lifted ? "Overridden by you" : "Stop"}: ${[...forbids].join(", ")}. `), because),
      cited([...keys], decision.sources),
    ),
  );
}

/** When, how, to whom, in which language and tone. */
export function noteTerms(decision) {
  const { thank_you: thanks } = decision;
  const name = (field) => words.valueName(`thank_you.${field}`, thanks[field]);
  return terms([
    ["When", whenToSend(thanks, kindOf(decision))],
    ["After that time", thanks.late && name("late")],
    ["How", name("channels")],
    ["To whom", name("recipients")],
    ["Language", name("languages")],
    ["Tone", name("formality")],
    ["Address", thanks.address],
    ["Content", thanks.content],
    ["Gifts", name("gifts")],
  ]);
}

function whenToSend(thanks, kind) {
  const within = [
    thanks.not_before_hours && `not in the first ${words.valueName("x_hours", thanks.not_before_hours)}`,
    thanks.same_day && "on the same day",
    thanks.send_within_hours && `within ${words.valueName("x_hours", thanks.send_within_hours)}`,
  ];
  const custom = words.either(within.filter(Boolean), "and");
  const inWords = custom && custom.charAt(0).toUpperCase() + custom.slice(1);
  if (!thanks.window) {
    const hint = " Say when the interview ended, and on which clock, to see day and hour.";
    return [inWords, kind !== "do_not_send" && h("span", { class: "small" }, hint)];
  }
  const { opens_at: opens, suggested_at: best, closes_at: closes, time_zone: zone, status, extended } = thanks.window;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const elsewhere = words.moment(best, own) !== words.moment(best, zone);
  return [
    h("strong", {}, "Best ", h("time", { datetime: best }, words.moment(best, zone)), `, ${words.zoneName(zone)}`),
    elsewhere && h("span", { class: "small" }, ` (${words.moment(best, own)} on your clock)`),
    h("br"),
    "From ",
    h("time", { datetime: opens }, words.moment(opens, zone)),
    " to ",
    h("time", { datetime: closes }, words.moment(closes, zone)),
    ".",
    extended && " The usual hours held no working hour, so the next working day counts.",
    words.windows[status] && h("strong", {}, ` ${words.windows[status]}`),
  ];
}
