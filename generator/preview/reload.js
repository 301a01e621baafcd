// The preview's client: waits for news, reloads the page or its style when they have changed, and shows what has to be
// mended.
(() => {
  "use strict";
  const loaded = document.currentScript.dataset;
  const own = location.pathname;
  const known = new Map([[own, loaded.state]]);
  const LONGEST = 4000; // characters of a question
  let seen = "";
  let asked = [];
  let question = null;
  let board = null;

  function element(name, text, ...children) {
    const made = document.createElement(name);
    made.textContent = text;
    made.append(...children);
    return made;
  }

  function excerpt(trouble) {
    const lines = trouble.excerpt.map((text, index) => {
      const number = trouble.first + index;
      const line = element("span", `${String(number).padStart(5)}  ${text}\n`);
      line.className = number === trouble.line ? "fault" : "";
      return line;
    });
    return element("pre", "", ...lines);
  }

  function item(trouble) {
    const made = element("li", "");
    for (const part of ["place", "text", "excerpt", "hint"]) {
      if (trouble[part].length) {
        const shown = part === "excerpt" ? excerpt(trouble) : element("p", trouble[part]);
        made.append(Object.assign(shown, { className: part }));
      }
    }
    return made;
  }

  function show(troubles) {
    board?.remove();
    board = null;
    if (!troubles.length) {
      return;
    }
    board = Object.assign(element("div", ""), { id: "cablepress-troubles" });
    const style = Object.assign(element("link", ""), { rel: "stylesheet", href: "/-/reload.css" });
    const box = element("section", "", element("h2", "To be mended; until then the last good site stands"));
    box.setAttribute("role", "alert");
    box.append(element("ol", "", ...troubles.map(item)));
    board.attachShadow({ mode: "open" }).append(style, box);
    document.body.append(board);
  }

  // The files that this page is made of, as far as they come from here.
  function used() {
    const urls = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
    const here = urls.filter((url) => url.origin === location.origin && !url.pathname.startsWith("/-/"));
    let length = 0;
    return [...new Set([own, ...here.map((url) => url.pathname)])]
      .slice(0, 64)
      .filter((path) => (length += encodeURIComponent(path).length + 4) < LONGEST);
  }

  // The new style takes the old one's place when it is there, so that the page is never without.
  function restyle(version) {
    document.querySelectorAll("link[data-coming]").forEach((link) => link.remove());
    for (const link of document.querySelectorAll("link[rel~='stylesheet']")) {
      const url = new URL(link.href);
      if (url.origin !== location.origin) {
        continue;
      }
      url.searchParams.set("version", version);
      const next = Object.assign(link.cloneNode(), { href: url.href });
      next.dataset.coming = "";
      next.addEventListener("load", () => {
        link.remove();
        delete next.dataset.coming;
      });
      link.after(next);
    }
  }

  // Of a file that was not asked for before, nobody knows what it was when it was loaded.
  function follow(news) {
    const moved = news.version !== (seen || loaded.version);
    const changed = asked.filter((path, index) => (known.has(path) ? known.get(path) !== news.files[index] : moved));
    asked.forEach((path, index) => known.set(path, news.files[index]));
    if (changed.some((path) => !path.endsWith(".css"))) {
      location.reload();
      return false;
    }
    if (changed.length) {
      restyle(news.version);
    }
    if (news.version !== seen) {
      seen = news.version;
      show(news.troubles);
    }
    return true;
  }

  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  // A browser has few connections for one host: tabs that nobody sees do without.
  const shown = () =>
    new Promise((resolve) => {
      const look = () => {
        if (!document.hidden) {
          document.removeEventListener("visibilitychange", look);
          resolve();
        }
      };
      document.addEventListener("visibilitychange", look);
      look();
    });
  document.addEventListener("visibilitychange", () => document.hidden && question?.abort());

  // What is loaded late, such as a picture further down, is asked for as well, and answered at once.
  const late = new PerformanceObserver(() => used().some((path) => !asked.includes(path)) && question?.abort());
  late.observe({ type: "resource" });

  async function listen() {
    for (;;) {
      await shown();
      try {
        question = new AbortController();
        asked = used();
        const since = asked.every((path) => known.has(path)) ? seen : "";
        const of = asked.map((path) => `&of=${encodeURIComponent(path)}`).join("");
        const answer = await fetch(`/-/news?seen=${since}${of}`, { signal: question.signal });
        if (!follow(await answer.json())) {
          return;
        }
      } catch {
        await pause(question.signal.aborted ? 0 : 500);
      }
    }
  }

  listen();
})();
