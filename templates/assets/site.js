// What a page can do only with a script: copy, open the device's share sheet, offer both at every paragraph, quote what is
// selected, say where one is, go from paragraph to paragraph by keyboard, remember the view. All the rest works without
// it. Nothing is stored but the view that a reader has chosen, and no host is asked for anything.
"use strict";

// A colon and a slash may stand in a query as they are (RFC 3986).
const encoded = (words) => encodeURIComponent(words).replace(/%3A|%2F/g, decodeURIComponent);
const name = document.querySelector("h1 .id")?.textContent;
const page = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? location.href.split("#")[0];
const citation = document.getElementById("citation")?.textContent ?? "";
const links = document.querySelectorAll("a[data-share]");
const text = document.querySelector("#body [data-text]");

// What is shared: the cable (no permalink) or a paragraph of it.
function thing(permalink) {
  const address = page + (permalink?.hash ?? "");
  const number = permalink?.title.match(/^Paragraph (.+)/)?.[1];
  const title = number ? `${name} paragraph ${number}` : name;
  return { address, title };
}

function cited({ address, title }) {
  const words = citation.replace(`cable ${name}`, `cable ${title}`);
  return words.includes(page) ? words.replace(page, address) : `${words}, ${address}`;
}

// The cable's link for a network, turned into the paragraph's.
function derived(link, { address, title }) {
  const copy = link.cloneNode(true);
  const hashtag = `#${name.replace(/[^\p{L}\p{N}]/gu, "")}`;
  const words = encoded(hashtag + title.slice(name.length));
  const href = link.getAttribute("href").replaceAll(encoded(hashtag), words);
  copy.setAttribute("href", href.replaceAll(encoded(page), encoded(address)));
  return copy;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // An insecure origin has no clipboard; the old way is to select the words and copy them.
    const area = Object.assign(document.createElement("textarea"), { value: text });
    (document.querySelector(".menu") ?? document.body).append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

const actions = {
  "Copy link": (shared) => copied(shared.address),
  "Copy citation": (shared) => copied(cited(shared)),
  "Share…": ({ title, address }) => navigator.share({ title, url: address }).then(() => null, () => null),
};

function buttons(shared) {
  const status = Object.assign(document.createElement("span"), { role: "status" });
  const names = Object.keys(actions).filter((label) => label !== "Share…" || navigator.share);
  const made = names.map((label) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", async () => {
      const done = await actions[label](shared);
      if (done !== null) status.textContent = done ? "Copied" : "The browser does not allow copying";
      button.focus();
    });
    return button;
  });
  return [...made, status];
}

// The menu stands outside the text, so that the text stays what it is.
function menuAt(opener, label, content) {
  const menu = Object.assign(document.createElement("div"), { className: "menu", popover: "auto", role: "group" });
  menu.setAttribute("aria-label", label);
  menu.append(...content);
  const place = opener.getBoundingClientRect();
  menu.style.left = `${Math.max(8, place.left + scrollX)}px`;
  menu.style.top = `${place.bottom + scrollY + 4}px`;
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    if (menu.contains(document.activeElement)) opener.focus({ preventScroll: true });
    menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  // Where there is no room below, it stands above.
  const up = place.bottom + 4 + menu.offsetHeight > innerHeight && place.top > menu.offsetHeight;
  if (up) menu.style.top = `${place.top + scrollY - menu.offsetHeight - 4}px`;
  return menu;
}

function open(permalink) {
  const shared = thing(permalink);
  const content = [...buttons(shared), ...[...links].map((link) => derived(link, shared))];
  const menu = menuAt(permalink, permalink.title, content);
  menu.querySelector("button").focus({ preventScroll: true });
}

links[0]?.before(...buttons(thing()));

if (links.length && HTMLElement.prototype.showPopover) {
  text.addEventListener("click", (event) => {
    const permalink = event.target.closest(".permalink");
    if (!permalink || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    // After the browser has gone to the paragraph, which takes the focus away.
    setTimeout(() => open(permalink));
  });
}

// A quotation: the selected words, where they stand, and an address that leads a browser to them (URL fragment text
// directive: the whole text, or its first and last words).
function textDirective(words) {
  const part = (from, to) => encoded(words.slice(from, to).join(" ")).replaceAll("-", "%2D");
  return words.length > 12 ? `:~:text=${part(0, 5)},${part(-5)}` : `:~:text=${part(0)}`;
}

function quotation(selection) {
  const words = selection.toString().trim().split(/\s+/);
  const start = selection.getRangeAt(0).startContainer;
  const paragraph = (start.nodeType === Node.TEXT_NODE ? start.parentElement : start).closest("p[id]");
  const { title, address } = thing(paragraph?.querySelector(".permalink"));
  const whole = address + (address.includes("#") ? "" : "#") + textDirective(words);
  return `“${words.join(" ")}”\n${cited({ title, address: whole })}`;
}

const quote = Object.assign(document.createElement("button"), { type: "button", className: "quote", popover: "manual" });

function offerQuote() {
  const selection = document.getSelection();
  const within = selection.rangeCount && !selection.isCollapsed && selection.toString().trim() &&
    text.contains(selection.anchorNode) && text.contains(selection.focusNode);
  if (!within) return quote.hidePopover();
  const place = selection.getRangeAt(0).getBoundingClientRect();
  quote.textContent = "Copy quote with source";
  quote.showPopover();
  quote.style.left = `${Math.max(8, Math.min(place.left, innerWidth - quote.offsetWidth - 8)) + scrollX}px`;
  quote.style.top = `${place.bottom + scrollY + 8}px`;
}

if (text && HTMLElement.prototype.showPopover) {
  document.body.append(quote);
  quote.addEventListener("pointerdown", (event) => event.preventDefault()); // The selection stays.
  quote.addEventListener("click", async () => {
    const done = await copied(quotation(document.getSelection()));
    quote.textContent = done ? "Copied" : "The browser does not allow copying";
  });
  document.addEventListener("selectionchange", offerQuote);
}

// Where one is: the number of the paragraph in the bar, and its place in the contents, which are open where they stand
// beside the text. Between two paragraphs one is still at the first, and at the end of the page at the last.
const line = (parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0) + 2; // Where links lead to.
const numbered = [...document.querySelectorAll("p > .permalink[title^='Paragraph ']")];
const contents = document.querySelector(".contents details");
const ways = [...document.querySelectorAll(".contents a")].filter((way) => text.contains(leadsTo(way)));
let here;

function leadsTo(way) {
  return document.getElementById(way.hash.slice(1));
}

function told() {
  const number = here?.title.slice(10);
  document.body.dataset.at = number ? ` · ¶ ${number} / ${numbered.length}` : "";
}

function look() {
  const atEnd = scrollY > 0 && scrollY + innerHeight > document.documentElement.scrollHeight - 2;
  const passed = ({ parentElement }) => parentElement.getBoundingClientRect().top <= line;
  const now = atEnd ? numbered.at(-1) : numbered.findLast(passed);
  if (now === here) return;
  here = now;
  told();
  const ahead = (way) => leadsTo(way).compareDocumentPosition(here) & Node.DOCUMENT_POSITION_PRECEDING;
  for (const way of ways) way.removeAttribute("aria-current");
  if (here) ways.findLast((way) => !ahead(way))?.setAttribute("aria-current", "location");
}

if (contents) contents.open = matchMedia("(min-width: 66rem)").matches;
if (numbered.length > 3) {
  look();
  document.addEventListener("scroll", look, { passive: true });
}

// The keys, each with Alt: from paragraph to paragraph, to the cable before or after, and the link of where one is.
function step(by) {
  const all = [...text.querySelectorAll("p > .permalink")];
  const seen = all.filter((permalink) => permalink.parentElement.getBoundingClientRect().top < line).length;
  const focused = all.indexOf(document.activeElement);
  const next = focused >= 0 ? focused + by : by > 0 ? seen : seen - 2;
  const permalink = all[Math.max(0, Math.min(next, all.length - 1))];
  permalink?.parentElement.scrollIntoView({ block: "start" });
  permalink?.focus({ preventScroll: true });
}

async function copyPlace() {
  const focused = document.activeElement.closest(".permalink");
  const shared = thing(focused ?? here);
  const words = await copied(shared.address) ? `Copied the link of ${shared.title}` : "The browser does not allow copying";
  document.body.dataset.at = ` · ${words}`;
  const status = document.querySelector(".share [role=status]");
  if (status) status.textContent = words;
  setTimeout(() => {
    told();
    if (status?.textContent === words) status.textContent = "";
  }, 3000);
}

const keys = {
  ArrowDown: ["↓", "Next paragraph", () => step(1)],
  ArrowUp: ["↑", "Previous paragraph", () => step(-1)],
  c: ["C", "Copy the link of the paragraph", copyPlace],
  PageDown: ["Page Down", "Next cable", () => document.querySelector("a[rel=next]")?.click()],
  PageUp: ["Page Up", "Previous cable", () => document.querySelector("a[rel=prev]")?.click()],
};

if (text) {
  document.addEventListener("keydown", (event) => {
    const key = event.code === "KeyC" ? "c" : event.key; // Option and C is another character on a Mac.
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !Object.hasOwn(keys, key)) return;
    event.preventDefault();
    keys[key][2]();
  });
}

if (links.length && HTMLElement.prototype.showPopover && matchMedia("(hover: hover)").matches) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Keys" });
  links[0].before(button);
  button.addEventListener("click", () => {
    const lines = Object.values(keys).map(([key, does]) => {
      const line = Object.assign(document.createElement("div"), { textContent: `${does}: ` });
      line.append(Object.assign(document.createElement("kbd"), { textContent: `Alt ${key}` }));
      return line;
    });
    const menu = menuAt(button, "Keys", lines);
    menu.tabIndex = -1;
    menu.focus({ preventScroll: true });
  });
}

// What writes the citation for other programs is loaded where the citation is unfolded, from beside this script.
const beside = document.currentScript.src;
document.getElementById("citation")?.closest("details")?.addEventListener("toggle", () => {
  document.body.append(Object.assign(document.createElement("script"), { src: new URL("cite.js", beside) }));
}, { once: true });

// Escape puts away what a code means.
document.addEventListener("keydown", ({ key }) => key === "Escape" && document.querySelector("pre:focus, [data-text] [title]:not(.permalink):focus")?.blur());

// The view is remembered where storage is allowed; a browser without it (or a file, or Tor) shows the reading view.
const wire = document.getElementById("wire");
if (wire) {
  try {
    wire.checked = localStorage.getItem("view") === "wire";
    wire.closest("fieldset").addEventListener("change", () => {
      localStorage.setItem("view", wire.checked ? "wire" : "reading");
    });
  } catch {
    // Not allowed: nothing is remembered.
  }
}
