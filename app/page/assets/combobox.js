import { h } from "./dom.js";

/**
 * Suggestions under a text field, by the combobox pattern of the ARIA Authoring Practices: any text may stay in it.
 *
 * `suggest(text)` gives, or promises, a list of {text, detail, lang}. Taking one fires the field's `change` event.
 */
export function combobox(input, suggest) {
  const list = document.getElementById(input.getAttribute("aria-controls"));
  let options = [];
  let active = -1;
  let asked = 0;

  function close() {
    asked += 1;
    active = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === index)));
    const item = list.children[index];
    if (item) input.setAttribute("aria-activedescendant", item.id);
    else input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  function take(index) {
    input.value = options[index].text;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function draw(found) {
    options = found;
    list.replaceChildren(
      ...options.map((option, index) =>
        h(
          "li",
          { id: `${list.id}-${index}`, role: "option", "aria-selected": "false", onclick: () => take(index) },
          h("span", {}, option.text),
          option.detail && h("span", { class: "detail", lang: option.lang }, option.detail),
        ),
      ),
    );
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  }

  async function open() {
    const mine = (asked += 1);
    const found = await suggest(input.value.trim());
    if (mine === asked && document.activeElement === input) draw(found);
  }

  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  // A press on the list must not take the focus, or the list would close before the press became a click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) await open();
      if (list.hidden) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1;
      mark(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      close();
    }
  });
}
