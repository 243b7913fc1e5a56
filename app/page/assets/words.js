/** The API's vocabulary in plain words, and dates as people write them. */

const fields = {
  "thank_you.expectation": "How a note is seen",
  "thank_you.outcome": "Whether to send one",
  "thank_you.channels": "How to send it",
  "thank_you.recipients": "To whom",
  "thank_you.not_before_hours": "Not sooner than",
  "thank_you.send_within_hours": "Send within",
  "thank_you.same_day": "On the same day",
  "thank_you.late": "After that time",
  "thank_you.formality": "Tone",
  "thank_you.languages": "Language",
  "thank_you.address": "How to address people",
  "thank_you.content": "What to write",
  "thank_you.gifts": "Gifts",
  "next_move.who": "Who makes the next move",
  "next_move.promised_within_business_days": "Answer promised within",
  "next_move.typical_wait_business_days": "Usual wait",
  "next_move.enquire_after_business_days": "Ask after",
  "next_move.grace_business_days": "Wait after a promised day",
  "next_move.enquire_via": "How to ask",
  "next_move.feedback": "Feedback",
  "references.checked": "References are checked",
  "references.form": "How references are checked",
};

const values = {
  "thank_you.expectation": {
    expected: "Expected",
    appreciated: "Appreciated",
    optional: "Optional",
    uncommon: "Uncommon",
    avoid: "Avoid",
  },
  "thank_you.outcome": { send: "Send a note", optional: "A note is optional", do_not_send: "Send no note" },
  "thank_you.channels": {
    email: "E-mail",
    letter: "Letter",
    handwritten_card: "Handwritten card",
    phone: "Telephone",
    chat_app: "Chat",
    via_recruiter: "Through the recruiter",
    portal: "Through the portal",
  },
  "thank_you.recipients": {
    each_interviewer: "Each interviewer, a note of their own",
    one_shared_note: "All interviewers, one note together",
    panel_chair: "The chair of the panel",
    named_contact: "The contact person whom the employer named",
    consultant: "Only your consultant at the agency",
  },
  "thank_you.late": { send_nothing: "Rather send nothing" },
  "thank_you.formality": { casual: "Casual", neutral: "Neutral", formal: "Formal", very_formal: "Very formal" },
  "thank_you.gifts": { avoid: "None, better not", not_allowed: "Not allowed", acceptable: "Acceptable" },
  "next_move.who": {
    employer: "The employer",
    candidate: "You",
    either: "Either side",
    portal: "The portal: look it up there",
    nobody: "Nobody, it is over",
  },
  "references.checked": { rare: "Rarely", sometimes: "Sometimes", usual: "Usually" },
};
values["next_move.enquire_via"] = values["thank_you.channels"];

const ways = {
  email: "by e-mail",
  letter: "by letter",
  handwritten_card: "as a handwritten card",
  phone: "by telephone",
  chat_app: "by chat",
  via_recruiter: "through the recruiter",
  portal: "through the portal",
};
const readers = {
  each_interviewer: "each interviewer",
  one_shared_note: "all interviewers together",
  panel_chair: "the chair of the panel",
  named_contact: "the contact person",
  consultant: "your consultant only",
};

export const outcomes = {
  send: "Send a thank-you note",
  optional: "A thank-you note is optional",
  do_not_send: "Do not send a thank-you note",
  prohibited: "Not allowed: send no note",
};

export const expectations = {
  expected: "It is expected: its absence is noticed and can count against you.",
  appreciated: "It is common and helps; nobody is faulted for sending none.",
  optional: "Most see it as making no difference either way.",
  uncommon: "It is not the custom. A short one is harmless, a pushy one is not.",
  avoid: "It is not the custom, and it reads badly.",
};

/** Where the time to send a note lies, seen from the day of the answer. */
export const windows = { not_yet: "That time is still to come.", open: "", passed: "That time has passed.", unknown: "" };

/** Whom to thank where no note goes to those who would get one. */
export const instead = { consultant: "Thank your consultant at the agency instead; write nothing to the employer." };

export const turns = {
  employer: "It is the employer’s turn",
  candidate: "It is your turn",
  either: "Either side may make the next move",
  portal: "The result is posted: look it up",
  nobody: "It is over",
};

export const advice = {
  wait: "Wait, and keep looking meanwhile.",
  check_portal: "Look at the portal.",
  ask: "Ask for news.",
  ask_again: "Ask once more.",
  accept_or_decline: "Accept or decline the offer, in writing, by the day that you were given.",
  close: "Stop asking, and move on.",
};

export const bases = {
  promised: "as they promised",
  policy: "as is the employer’s practice",
  customary: "the usual wait",
};

export const confidences = { none: "no evidence", low: "low", medium: "medium", high: "high" };
export const deadlines = {
  met: "The law here gives them a deadline.",
  not_met: "A law here gives deadlines, but not to this employer.",
  unknown: "The law here may give them a deadline.",
};
export const statuses = { met: "yes", not_met: "no", unknown: "not known" };

export const steps = {
  thank_in_person: "Thank them in person",
  get_contact_information: "Get contact information",
  reflect: "Reflect",
  notify_references: "Notify references",
  follow_up: "Follow up",
  keep_looking: "Relax and keep looking",
};
export const stepStates = {
  done: "Done",
  due: "To do",
  waiting: "Waiting for others",
  later: "Later",
  not_needed: "Nothing to do",
};

/** What the button says that closes a task, where "Done" would not say what has happened. */
export const done = {
  thank_in_person: "I thanked them",
  ask_consent: "They agreed",
  brief_reference: "I told them",
  thank_reference: "I thanked them",
  send_note: "I sent it",
  await_answer: "They answered",
  check_portal: "I know the result",
  ask_for_answer: "I asked",
  withdraw: "I withdrew",
};
export const roles = {
  interviewer: "interviewer",
  decision_maker: "decides",
  recruiter: "recruiter",
  coordinator: "coordinator",
  panel_chair: "chair of the panel",
  agency_consultant: "consultant at the agency",
  observer: "observer",
};
export const interviewStatuses = {
  scheduled: "",
  awaiting_feedback: "",
  complete: "result known",
  cancelled: "cancelled",
  no_show: "did not take place",
};

const facts = {
  ownership: { domestic: "Domestic employer", foreign: "Foreign-owned employer" },
  size: { small: "Small firm", large: "Large firm" },
  track: {
    new_graduate: "New graduate",
    experienced: "Experienced hire",
    executive: "Executive",
    academic: "Academic",
    internal: "Internal candidate",
  },
  stage: { screening: "Screening", first: "First interview", further: "Further interview", final: "Final interview" },
  process: {
    open: "Still open",
    decided: "Decided, but nobody was told",
    offered: "They made an offer",
    closed: "It has ended",
  },
  via_agency: { true: "Through an agency", false: "Not through an agency" },
  introduced_by_person: { true: "Introduced by somebody", false: "Not introduced by anybody" },
  sent_by_employment_service: { true: "Sent by the employment service", false: "Not sent by the employment service" },
  publicly_advertised: { true: "Publicly advertised", false: "Not publicly advertised" },
  "said.who_contacts": {
    employer: "They said they get in touch",
    candidate: "They said I should get in touch",
    portal: "The result is posted",
  },
  "said.no_contact": { true: "They said “do not contact us”", false: "They did not forbid contact" },
  "said.note_welcome": { true: "They called a note welcome", false: "They called a note unwelcome" },
  "said.canvassing_disqualifies": { true: "The advert says canvassing disqualifies", false: "No word of canvassing" },
  "choice.thank_you": { send: "I decided to send a note", do_not_send: "I decided to send none" },
  "choice.override_prohibition": { true: "I override what forbids it", false: "I override nothing" },
  "recipient.role": {
    interviewer: "The reader is an interviewer",
    decision_maker: "The reader decides",
    recruiter: "The reader is a recruiter",
    agency_consultant: "The reader is the agency’s consultant",
    panel_chair: "The reader chairs the panel",
  },
  "recipient.wishes_note": { true: "The reader likes notes", false: "The reader wants no note" },
  "recipient.known_personally": { true: "I know the reader privately", false: "I do not know the reader privately" },
};

const days = {
  as_of: "As of",
  "said.answer_by": "Answer promised by",
  note_sent_at: "A note was sent on",
  last_enquiry_on: "Last asked on",
};

const statutory = {
  met: "the legal deadline applies",
  not_met: "the legal deadline does not apply",
  unknown: "a legal deadline may apply",
};

/** A word of the vocabulary, or words with such in them, without underscores. */
export function plain(word) {
  return String(word).replaceAll("_", " ");
}

function spoken(word) {
  return plain(word).replaceAll("-", " ");
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function small(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function count(number, unit) {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

/** "a, b or c". */
export function either(parts, joint = "or") {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${joint} ${parts.at(-1)}`;
}

export function languageName(tag) {
  return new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag;
}

export function fieldName(field) {
  return fields[field] ?? capital(spoken(field.split(".").at(-1)));
}

/** The value of a field of the decision. */
export function valueName(field, value) {
  if (value === null) return "Not known";
  if (value === true) return "Yes";
  if (value === false) return "No";
  if (field === "thank_you.languages") return either(value.map(languageName));
  if (field.endsWith("_hours")) return count(value, "hour");
  if (field === "next_move.typical_wait_business_days") {
    const [shortest, longest] = [value[0], value.at(-1)];
    return shortest === longest ? count(longest, "working day") : `${shortest} to ${longest} working days`;
  }
  if (field.endsWith("_business_days")) return count(value, "working day");
  const words = values[field];
  if (Array.isArray(value)) return capital(either(value.map((one) => small(words?.[one] ?? spoken(one)))));
  return words?.[value] ?? String(value);
}

/** A fact, as a short label. */
export function factName(fact, value, book) {
  if (fact === "country") return book.countryName(value);
  if (fact === "subdivision") return book.subdivisionName(value);
  if (fact === "sector" || fact === "format") return book.titles.get(value) ?? spoken(value);
  if (fact === "headcount") return count(value, "employee");
  if (fact === "company") return value;
  if (fact === "language") return `In ${languageName(value)}`;
  if (Object.hasOwn(days, fact)) return `${days[fact]} ${day(String(value).slice(0, 10))}`;
  return facts[fact]?.[value] ?? `${capital(spoken(fact.split(".").at(-1)))}: ${plain(value)}`;
}

/** What would then hold, as a sentence without its full stop. */
export function consequence(then) {
  const said = [];
  const has = (name) => Object.hasOwn(then, name);
  if (then["thank_you.prohibited"]) said.push("a note is not allowed");
  else {
    if (has("thank_you.prohibited")) said.push("a note is allowed");
    if (has("thank_you.outcome")) said.push(small(valueName("thank_you.outcome", then["thank_you.outcome"])));
  }
  if (has("thank_you.channels")) said.push(`a note goes ${either(then["thank_you.channels"].map((one) => ways[one]))}`);
  if (has("thank_you.recipients")) said.push(`a note goes to ${readers[then["thank_you.recipients"]]}`);
  if (has("next_move.who_contacts")) said.push(small(turns[then["next_move.who_contacts"]]));
  if (has("next_move.enquire_via")) said.push(`you ask ${ways[then["next_move.enquire_via"]]}`);
  if (has("references.checked")) {
    said.push(`references are ${small(values["references.checked"][then["references.checked"]])} checked`);
  }
  if (has("next_move.statutory.status")) {
    said.push(statutory[then["next_move.statutory.status"]] ?? "no legal deadline applies");
  }
  return capital(said.join("; "));
}

/** What a remark says, with names where it has codes and words of the API. */
export function remark({ scope, text }, given, book) {
  if (scope === "choice") return text.replaceAll("override_prohibition", "leave to override it");
  if (scope !== "subdivision") return text;
  const part = text.replaceAll(given.subdivision, book.subdivisionName(given.subdivision));
  return part.replace(new RegExp(`\\b${given.country}\\b`), book.countryName(given.country));
}

/** Where a value comes from. */
export function scopeName(scope, book) {
  const [kind, rest = ""] = [scope.split(":")[0], scope.slice(scope.indexOf(":") + 1)];
  const [key, variation] = rest.split("/");
  const detail = variation ? `: ${spoken(variation)}` : "";
  const title = () => (book.titles.get(key) ?? capital(spoken(key))) + detail;
  switch (kind) {
    case "stop":
      return `A stop. ${scopeName(rest, book)}`;
    case "world":
      return "World default";
    case "region":
      return `The region: ${book.regionName(key)}`;
    case "country":
      return book.countryName(key);
    case "subdivision":
      return scope === "subdivision" ? "The part of the country" : book.subdivisionName(key);
    case "variation":
      return book.countryName(key) + detail;
    case "company":
      return scope === "company" ? "The company" : book.companyName(key) + detail;
    case "said":
    case "agency":
    case "recipient":
      return rest === kind ? "The reader’s own wish" : title();
    case "sector":
    case "format":
      return title();
    case "choice":
      return "Your own decision";
    case "history":
      return "What was sent already";
    case "time":
      return "The calendar";
    default:
      return capital(spoken(scope));
  }
}

const dayFormat = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

/** A day, given as 2026-11-23. */
export function day(iso) {
  const format = new Intl.DateTimeFormat("en-GB", { ...dayFormat, timeZone: "UTC" });
  return format.format(new Date(`${iso}T00:00Z`)).replace(",", "");
}

/** A moment as the clocks of a zone show it. `zone` is an IANA name or, where only an offset is known, UTC+09:00. */
export function moment(iso, zone) {
  const offset = /^UTC(?:([+-])(\d\d):(\d\d))?/.exec(zone);
  const minutes = offset?.[1] ? Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  const parts = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  const format = new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: offset ? "UTC" : zone });
  return format.format(new Date(new Date(iso).getTime() + minutes * 60_000)).replace(" at ", ", ");
}

/** A time zone as people say it: "Tokyo time". */
export function zoneName(zone) {
  if (zone.startsWith("UTC")) return zone;
  return `${zone.split("/").at(-1).replaceAll("_", " ")} time`;
}

/** A local time with its offset (2026-11-24T18:00:00+09:00) as the clocks show it there; midnight ends the day before. */
export function localMoment(iso) {
  const wall = new Date(`${iso.slice(0, 16)}Z`);
  if (!iso.slice(11).startsWith("00:00")) return moment(wall.toISOString(), "UTC");
  const before = new Date(wall.getTime() - 1).toISOString();
  return `the end of ${moment(before, "UTC").split(",")[0]}`;
}
