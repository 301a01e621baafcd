// What a page can do only with a script: copy, open the device's share sheet, offer both at every paragraph.
// All the rest works without it. Nothing is stored, and no host is asked for anything.
"use strict";

const encoded = encodeURIComponent;
const name = document.querySelector("h1 .id")?.textContent;
const page = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? location.href.split("#")[0];
const citation = document.getElementById("citation")?.textContent ?? "";
const links = document.querySelectorAll("a[data-share]");

// What is shared: the cable (no permalink) or a paragraph of it.
function thing(permalink) {
  const address = page + (permalink?.hash ?? "");
  const number = permalink?.getAttribute("aria-label").match(/^Paragraph (.+)/)?.[1];
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
function menuFor(permalink) {
  const shared = thing(permalink);
  const menu = Object.assign(document.createElement("div"), { className: "menu", popover: "auto", role: "group" });
  menu.setAttribute("aria-label", permalink.getAttribute("aria-label"));
  menu.append(...buttons(shared), ...[...links].map((link) => derived(link, shared)));
  const place = permalink.getBoundingClientRect();
  menu.style.left = `${Math.max(8, place.left + scrollX)}px`;
  menu.style.top = `${place.bottom + scrollY + 4}px`;
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    if (menu.contains(document.activeElement)) permalink.focus({ preventScroll: true });
    menu.remove();
  });
  return menu;
}

function open(permalink) {
  const menu = menuFor(permalink);
  document.body.append(menu);
  menu.showPopover();
  menu.querySelector("button").focus({ preventScroll: true });
}

links[0]?.before(...buttons(thing()));

if (links.length && HTMLElement.prototype.showPopover) {
  document.querySelector("#body [data-text]").addEventListener("click", (event) => {
    const permalink = event.target.closest(".permalink");
    if (!permalink || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    // After the browser has gone to the paragraph, which takes the focus away.
    setTimeout(() => open(permalink));
  });
}
