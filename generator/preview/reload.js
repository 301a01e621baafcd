// The preview's client: waits for news, reloads the page when the site has changed, and shows what has to be mended.
(() => {
  "use strict";
  const edition = document.currentScript.dataset.edition;
  let seen = "";
  let question = null;
  let board = null;

  function element(name, text, ...children) {
    const made = document.createElement(name);
    made.textContent = text;
    made.append(...children);
    return made;
  }

  function line(trouble) {
    const item = element("li", "");
    for (const part of ["place", "text", "hint"]) {
      if (trouble[part]) {
        item.append(Object.assign(element("p", trouble[part]), { className: part }));
      }
    }
    return item;
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
    box.append(element("ol", "", ...troubles.map(line)));
    board.attachShadow({ mode: "open" }).append(style, box);
    document.body.append(board);
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

  async function listen() {
    for (;;) {
      await shown();
      try {
        question = new AbortController();
        const answer = await fetch(`/-/news?seen=${seen}`, { signal: question.signal });
        const news = await answer.json();
        if (news.edition !== edition) {
          location.reload();
          return;
        }
        if (news.version !== seen) {
          seen = news.version;
          show(news.troubles);
        }
      } catch {
        await pause(500);
      }
    }
  }

  listen();
})();
