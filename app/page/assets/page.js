import { answer, inShort } from "./answer.js";
import { ApiProblem, Unreachable, preview } from "./api.js";
import { Book } from "./book.js";
import { combobox } from "./combobox.js";
import { h } from "./dom.js";
import { FactsForm, factsOf } from "./facts_form.js";
import { headed, list } from "./parts.js";
import { MySearch } from "./search.js";
import { Tabs } from "./tabs.js";
import { evidence } from "./why.js";

const PAUSE_MS = 250;
const TITLE = document.title;

const form = document.getElementById("facts");
const region = document.getElementById("answer");
const welcome = document.getElementById("welcome");
const result = document.getElementById("result");
const proof = document.getElementById("evidence");
const announcement = document.getElementById("announcement");

let loading = null;
let book;
let fields;
let asking = new AbortController();
let timer;

/** The book of the rules, loaded once; if that fails, the next who asks tries again. */
function loadBook() {
  loading ??= Book.load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** The facts in the address. They stand behind the `#`, where no server and no other site sees them. */
function stateInAddress() {
  return new URLSearchParams(location.hash.slice(1));
}

function show(content, spoken, why = []) {
  welcome.hidden = true;
  proof.replaceChildren(...why);
  result.replaceChildren(...[content].flat(Infinity).filter(Boolean));
  announcement.textContent = spoken;
}

function showWelcome() {
  fields.clearProblems();
  result.replaceChildren();
  proof.replaceChildren();
  welcome.hidden = false;
  announcement.textContent = "";
  document.title = TITLE;
}

function showProblems(problems) {
  const item = ({ words, control }) => {
    const button = { type: "button", class: "plain", onclick: () => control.focus() };
    return control ? [h("button", button, control.labels[0].textContent), ": ", words] : words;
  };
  const title = problems.length === 1 ? "One thing to correct" : "Some things to correct";
  document.title = TITLE;
  show(headed(title, list({ class: "mend" }, problems.map(item))), `${title}: ${problems[0].words}`);
}

/** Say that the server did not answer, with a button that calls `again`. Other errors are ours, and thrown on. */
function showFailure(error, again) {
  if (!(error instanceof Unreachable || error instanceof ApiProblem)) throw error;
  const button = h("button", { type: "button", class: "primary", onclick: again }, "Try again");
  show(headed("No answer", h("p", {}, error.message), h("p", {}, button)), error.message);
}

/** Do something that asks the server; where it cannot be reached, say so and offer to call `again`. */
async function attempt(action, again = () => attempt(action)) {
  try {
    await action();
  } catch (error) {
    showFailure(error, again);
  }
}

/** Ask for the decision on some facts and show it. A later question ends an earlier one. */
async function ask(state, { focus = false } = {}) {
  asking.abort();
  const mine = (asking = new AbortController());
  fields.clearProblems();
  const unfinished = fields.unfinished();
  region.setAttribute("aria-busy", "true");
  try {
    if (unfinished.length > 0) showProblems(unfinished);
    else await decide(state, mine.signal);
    if (focus) document.getElementById("outcome")?.focus();
  } catch (error) {
    if (mine.signal.aborted) return;
    if (error instanceof ApiProblem && error.problem.errors.length > 0) {
      showProblems(fields.showProblems(error.problem.errors));
      if (focus) (form.querySelector("[aria-invalid]") ?? document.getElementById("outcome")).focus();
    } else throw error;
  } finally {
    if (mine === asking) region.setAttribute("aria-busy", "false");
  }
}

async function decide(state, signal) {
  const decision = await preview(factsOf(state, form), signal);
  await book.learnCompanies(decision);
  if (signal.aborted) return;
  show(answer(decision, book, change), inShort(decision, book), evidence(decision, book));
  const law = decision.would_change_if.filter(({ then }) => "next_move.statutory.status" in then);
  fields.refresh(new Set(law.map(({ fact }) => fact)));
  fields.hintAtMissingZone();
  document.title = `${inShort(decision, book)} · Afterword`;
}

/** Ask for what the form holds. `always`: also where nothing has changed, since somebody pressed the button. */
function askForForm({ always = false, focus = false } = {}) {
  clearTimeout(timer);
  fields.refresh();
  return attempt(
    () => askIfChanged(always, focus),
    () => askForForm({ always: true, focus: true }),
  );
}

async function askIfChanged(always, focus) {
  const state = await fields.state();
  if (!state.has("country") && !always) return;
  const changed = String(state) !== String(stateInAddress());
  if (changed) history.pushState(null, "", String(state) ? `#${state}` : location.pathname);
  if (changed || always) await ask(state, { focus });
}

/** Set one fact from within the answer, and ask again. */
function change(fact, value) {
  fields.set(fact, value);
  return askForForm({ always: true, focus: true });
}

function showAddress() {
  return attempt(async () => {
    const state = await fields.show(stateInAddress());
    if (state.has("country")) await ask(state);
    else showWelcome();
  });
}

function isSearch(tab) {
  return tab.id === "tab-search";
}

const search = new MySearch(document.getElementById("search"), loadBook, (text) => (announcement.textContent = text));
const tabs = new Tabs(document.querySelector('[role="tablist"]'), (tab) => {
  document.getElementById("skip").hidden = isSearch(tab);
  announcement.textContent = "";
  if (isSearch(tab)) search.show();
});

function listen() {
  const companies = { asking: new AbortController() };
  combobox(form.elements.country, (text) => book.suggestCountries(text));
  combobox(form.elements.company, (text) => {
    companies.asking.abort();
    companies.asking = new AbortController();
    return book.suggestCompanies(text, companies.asking.signal).catch(() => []);
  });
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(askForForm, PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    askForForm({ always: true, focus: true });
  });
  document.getElementById("clear").addEventListener("click", () => {
    history.pushState(null, "", location.pathname);
    showAddress();
    form.elements.country.focus();
  });
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    region.focus();
  });
  window.addEventListener("popstate", () => {
    if (!isSearch(tabs.follow())) showAddress();
  });
}

async function start() {
  book = await loadBook();
  fields = new FactsForm(form, book);
  listen();
  if (!isSearch(tabs.follow())) await showAddress();
  form.dataset.ready = "";
  // Who opens a shared answer on a narrow screen, where it stands below the form, wants to see the answer.
  if (stateInAddress().has("country") && matchMedia("(max-width: 58rem)").matches) region.scrollIntoView();
}

window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not(#more)")) details.open = true;
});
tabs.follow();
attempt(start);
