// What Zotero saves from pages: `node zotero.cjs FOLDER FILE ADDRESS …` prints a list of items, one for each page.
//
// The packages of FOLDER hold Zotero's own code and translators; there is no part of them in this file. A page is what a
// browser makes of it, without its scripts. Zotero looks for a translator as it does when its button is pressed.
"use strict";

const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");

const [folder, ...pages] = process.argv.slice(2);
const from = createRequire(`${folder}/`);
console.log = () => {};
from("zotero-translators");
const { JSDOM } = from("jsdom");

async function saved(file, url) {
  const translate = new Zotero.Translate.Web();
  translate.setDocument(new JSDOM(readFileSync(file, "utf8"), { url }).window.document);
  const [translator] = await translate.getTranslators();
  translate.setTranslator(translator);
  const [item] = await translate.translate({ libraryID: false, saveAttachments: false });
  return { ...item, translator: translator.label };
}

(async () => {
  const items = [];
  for (let place = 0; place < pages.length; place += 2) items.push(await saved(pages[place], pages[place + 1]));
  process.stdout.write(JSON.stringify(items));
})();
