import { ApiProblem, Unreachable, posted } from "./api.js";
import { h } from "./dom.js";
import { loginForm } from "./login_form.js";
import { interviewName, plan } from "./plan.js";
import { problem, sentences } from "./problem.js";
import { queue } from "./queue.js";
import { SessionOver } from "./session.js";

const MOST_INTERVIEWS = 100;
const LISTED = `v1/interviews?expand=application,company,contacts&sort=-starts_at&limit=${MOST_INTERVIEWS}`;
const TODAY = "v1/today?limit=50";
const SAID = { done: "Done", skipped: "Skipped", snoozed: "Snoozed until tomorrow", open: "Open again" };
const DID_NOT_TAKE_PLACE = ["cancelled", "no_show"];

/** The tab of a user who is logged in: today's queue, and the steps after one interview. */
export class MySearch {
  #panel;
  #loadBook;
  #announce;
  #session = null;
  #interviews = [];
  #chosen = null;
  #reading = 0;
  #today = h("section", { id: "queue", "aria-label": "Today" });
  #plan = h("div", { id: "plan" });
  #after = h("section", { id: "after", "aria-labelledby": "after-title" });

  /** `loadBook()` promises the book of the rules; `announce(text)` tells those who hear the page. */
  constructor(panel, loadBook, announce) {
    this.#panel = panel;
    this.#loadBook = loadBook;
    this.#announce = announce;
  }

  /** The tab is shown: ask to log in, or read everything again. */
  show() {
    if (this.#session) this.#attempt(() => this.#readAll());
    else if (!this.#panel.hasChildNodes()) this.#showLogin();
  }

  #showLogin(said = null) {
    this.#session = null;
    this.#interviews = [];
    this.#chosen = null;
    this.#reading += 1;
    for (const part of [this.#today, this.#plan, this.#after]) part.replaceChildren();
    const lead = "What to do today, who owes the next move, and the five steps after an interview.";
    this.#panel.replaceChildren(
      h("div", { class: "lead" }, h("h1", { tabindex: "-1" }, "My search"), h("p", {}, lead)),
      ...(said ? [h("p", { class: "note" }, said)] : []),
      loginForm((session) => this.#enter(session), this.#announce),
      h(
        "p",
        { class: "small" },
        "You stay logged in until you log out or leave this page. Accounts are opened, and what you see here is ",
        "written down, through ",
        h("a", { href: "docs" }, "the API"),
        ".",
      ),
    );
  }

  #enter(session) {
    const leave = { type: "button", class: "quiet", onclick: () => this.#leave() };
    this.#session = session;
    this.#panel.replaceChildren(
      h(
        "div",
        { class: "lead" },
        h("h1", { tabindex: "-1" }, "My search"),
        h("p", { class: "who" }, session.email, " ", h("button", leave, "Log out")),
      ),
      h("div", { class: "search" }, this.#today, this.#after),
    );
    this.#heading().focus();
    this.#announce("You are logged in.");
    this.#attempt(() => this.#readAll());
  }

  async #leave() {
    const told = await this.#session.end();
    const here = "You are logged out.";
    this.#over(told ? here : `${here} The server could not be told, so revoke the session there when it answers again.`);
  }

  #over(said) {
    this.#showLogin(said);
    this.#announce(said);
    this.#heading().focus();
  }

  #heading() {
    return this.#panel.querySelector("h1");
  }

  /** Read something; gives whether it came. Where it does not, say so where it would stand, and offer to try again. */
  async #attempt(read) {
    const session = this.#session;
    this.#panel.setAttribute("aria-busy", "true");
    try {
      await read();
      return true;
    } catch (error) {
      if (session !== this.#session) return false;
      if (error instanceof SessionOver) this.#over(error.message);
      else this.#showFailure(error, read);
      return false;
    } finally {
      this.#panel.removeAttribute("aria-busy");
    }
  }

  #showFailure(error, read) {
    if (!(error instanceof ApiProblem || error instanceof Unreachable)) throw error;
    const again = { type: "button", class: "primary", onclick: () => this.#attempt(read) };
    this.#today.replaceChildren(h("h2", {}, "No answer"), problem(error), h("button", again, "Try again"));
    this.#announce(sentences(error).join(" "));
  }

  async #readAll() {
    const session = this.#session;
    const { items, next_cursor: more } = await session.ask(LISTED);
    if (session !== this.#session) return;
    this.#interviews = items;
    this.#chosen = items.find(({ id }) => id === this.#chosen?.id) ?? mostRecent(items);
    this.#showChoice(more !== null);
    await this.#read();
  }

  /** Read the queue and the plan. What was asked for earlier and comes later is not shown. */
  async #read() {
    const mine = (this.#reading += 1);
    const chosen = this.#chosen;
    const [book, today, found] = await Promise.all([
      this.#loadBook(),
      this.#session.ask(TODAY),
      chosen && this.#session.ask(`v1/interviews/${chosen.id}/plan`),
    ]);
    if (found?.follow_up) await book.learnCompanies({ reasons: found.follow_up, stops: [], remarks: [] });
    if (mine !== this.#reading) return;
    const change = (task, body, item) => this.#change(task, body, item);
    this.#today.replaceChildren(...shown(queue(today, this.#interviews, change, this.#announce)));
    this.#plan.replaceChildren(...(found ? shown(plan(found, chosen, book, change, this.#announce)) : []));
  }

  #showChoice(isLonger) {
    const title = h("h2", { id: "after-title" }, "After an interview");
    if (this.#interviews.length === 0) {
      this.#after.replaceChildren(title, h("p", {}, "No interview is written down yet."));
      return;
    }
    const options = this.#interviews.map((one) =>
      h("option", { value: one.id, selected: one.id === this.#chosen.id }, interviewName(one)),
    );
    const select = h("select", { id: "interview" }, options);
    select.addEventListener("change", () => {
      this.#chosen = this.#interviews.find(({ id }) => id === select.value);
      this.#attempt(() => this.#read());
    });
    this.#after.replaceChildren(
      title,
      h("div", { class: "field" }, h("label", { for: "interview" }, "Interview"), select),
      ...(isLonger ? [h("p", { class: "small" }, `The latest ${MOST_INTERVIEWS} are listed.`)] : []),
      this.#plan,
    );
  }

  /** Say what becomes of a task that stands in `item`, read everything again, and put the focus where it stood. */
  async #change(task, body, item) {
    const region = this.#plan.contains(item) ? this.#plan : this.#today;
    const place = [...region.querySelectorAll(".task")].indexOf(item);
    // Whatever version it has: what has happened has happened, whoever else has changed the task meanwhile.
    try {
      await this.#session.ask(`v1/tasks/${task.id}/state`, posted(body, { "If-Match": "*" }));
    } catch (error) {
      if (!(error instanceof SessionOver)) throw error;
      this.#over(error.message);
      return;
    }
    if (!(await this.#attempt(() => this.#read()))) return;
    this.#announce(`${SAID[body.state]}: ${task.title}`);
    this.#focusNear(task, region, place);
  }

  /** Focus a task; where it is gone, the step that it was of, or what stands in its place, or the heading above. */
  #focusNear(task, region, place) {
    const title = (item) => item?.querySelector(".task-title");
    const items = region.querySelectorAll(".task");
    const same = region.querySelector(`[data-task="${task.id}"]`);
    const step = region.querySelector(`[data-step="${task.step}"] h3`);
    const near = title(same) ?? step ?? title(items[Math.min(place, items.length - 1)]);
    (near ?? region.querySelector("h3") ?? this.#heading()).focus();
  }
}

/** The latest interview that has begun, else the first that is to come. */
function mostRecent(interviews) {
  const now = new Date().toISOString();
  const held = interviews.filter(({ status }) => !DID_NOT_TAKE_PLACE.includes(status));
  return held.find((one) => one.starts_at <= now) ?? held.at(-1) ?? interviews[0] ?? null;
}

function shown(content) {
  return content.flat(Infinity).filter(Boolean);
}
