/**
 * Makes an element. Strings among `children` become text, never HTML; null, undefined and false are left out.
 * Attributes that are null, undefined or false are left out too; `onclick` and the like take a function.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  const absent = new Set([null, undefined, false]);
  element.append(...children.flat(Infinity).filter((child) => !absent.has(child)));
  return element;
}

/** A link to a source. What is no web address is shown as text: an address from data is never trusted. */
export function link(source) {
  const safe = /^https?:\/\//i.test(source.url);
  if (!safe) return h("span", {}, source.publisher);
  return h("a", { href: source.url, rel: "noopener noreferrer", hreflang: source.locale }, source.publisher);
}
