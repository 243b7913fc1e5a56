import { h } from "./dom.js";
import { problem, sentences } from "./problem.js";
import { Session } from "./session.js";

function field(id, label, attributes) {
  return h("div", { class: "field" }, h("label", { for: id }, label), h("input", { id, required: true, ...attributes }));
}

/** The form to log in with. `enter(session)` is called with the new login, `announce(text)` with what goes wrong. */
export function loginForm(enter, announce) {
  const email = { type: "email", name: "username", autocomplete: "username", maxlength: 254, spellcheck: "false" };
  const described = { "aria-describedby": "login-problem" };
  const password = { type: "password", name: "password", autocomplete: "current-password", maxlength: 128, ...described };
  const button = h("button", { type: "submit", class: "primary" }, "Log in");
  const trouble = h("div", { id: "login-problem" });
  // Should the script ever fail to take it, `post` keeps the password out of the address.
  const form = h(
    "form",
    { method: "post", action: "#my-search", class: "login", "aria-label": "Log in" },
    field("email", "E-mail address", email),
    field("password", "Password", password),
    trouble,
    h("div", { class: "actions" }, button),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    trouble.replaceChildren();
    try {
      enter(await Session.begin(form.elements.username.value.trim(), form.elements.password.value));
    } catch (error) {
      trouble.replaceChildren(problem(error));
      announce(sentences(error).join(" "));
      form.elements.password.select();
    } finally {
      button.disabled = false;
    }
  });
  return form;
}
