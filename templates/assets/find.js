// The page that a host shows where there is none: finds the cable that was meant. It asks this site, and no other,
// which of the likely addresses exist; without the script the page says where to look.
const form = document.querySelector("form.find");
const status = document.querySelector(".found");
const { root, posts } = form.dataset;
const POSTS = new Map(posts.split(" ").map((entry) => entry.split(":")));
const MONTHS = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "00"];
const MOST_POSTS = 3;

// "/archive/cable/2010/02/10moscow00226" or "10 Moscow 226": year, post, number, and the month if the address has one.
function read(text) {
  let plain = text;
  try {
    plain = decodeURIComponent(text);
  } catch {
    // What is no percent-encoding stays as it is.
  }
  const month = plain.match(/(\d{4})\/(\d\d)\/[^/]*$/);
  const name = plain.split("/").pop().replace(/\.html?$/i, "").replace(/_[a-z]$/i, "");
  const letters = name.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const id = letters.match(/^((?:19|20)?\d\d)([A-Z]+?)(\d{1,9})$/);
  if (!id) return null;
  const short = id[1].slice(-2);
  const year = id[1].length === 4 ? id[1] : `${Number(short) < 66 ? 20 : 19}${short}`;
  return { written: letters, year, post: id[2], serial: String(Number(id[3])), month: month?.[2] };
}

// The ways to write an ID: that of 2010, and those of 1973-79 with their zeros.
function names({ year, post, serial, written }) {
  const old = [5, 6].map((width) => year + post + serial.padStart(width, "0"));
  return [...new Set([year.slice(2) + post + serial, ...(Number(year) < 1980 ? old : []), written])];
}

async function exists(path) {
  try {
    return (await fetch(root + path, { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

// Those of the links, which are pairs of words and path, that lead somewhere.
async function found(links) {
  const all = await Promise.all(links.map(async (link) => ((await exists(link[1])) ? link : null)));
  return all.filter(Boolean);
}

function cables(id) {
  const months = id.month ? [id.month, ...MONTHS.filter((month) => month !== id.month)] : MONTHS;
  return names(id).flatMap((name) => months.map((month) => [name, `cable/${id.year}/${month}/${name}.html`]));
}

function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row.at(-1);
}

// The posts whose names are like this one, the likest first.
function postsLike(post) {
  const begins = (code) => post.length > 3 && code.startsWith(post);
  const near = [...POSTS.keys()].map((code) => [begins(code) ? 1 : distance(code, post), code]);
  const like = near.filter(([far]) => far > 0 && far <= Math.min(2, post.length - 3));
  return like.sort(([a], [b]) => a - b).map(([, code]) => code).slice(0, MOST_POSTS);
}

// Numbers that come about by one slip of the hand: a digit too many, two digits swapped.
function numbersLike(serial) {
  const made = [...serial].flatMap((digit, i) => [
    serial.slice(0, i) + serial.slice(i + 1),
    serial.slice(0, i) + (serial[i + 1] ?? "") + digit + serial.slice(i + 2),
  ]);
  return [...new Set(made)].filter((number) => number && number !== serial && number[0] !== "0");
}

// Likely cables: the ID in another form or month, then another post, then another number in the same month.
async function likely(id) {
  const same = await found(cables(id));
  if (same.length) return same;
  const like = postsLike(id.post);
  const posted = await found(like.flatMap((post) => cables({ ...id, post, written: id.written })));
  if (posted.length || !id.month) return posted;
  const others = numbersLike(id.serial).map((serial) => [id.year.slice(2) + id.post + serial, serial]);
  return found(others.map(([name]) => [name, `cable/${id.year}/${id.month}/${name}.html`]));
}

function lists(id) {
  const origins = [id.post, ...postsLike(id.post)].filter((post) => POSTS.has(post));
  const months = id.month ? [[`Cables of ${id.year}-${id.month}`, `date/${id.year}-${id.month}.html`]] : [];
  const part = id.serial.length > 4 ? `-${id.serial.slice(0, -4)}` : "";
  months.push([`Cables of ${id.post} that are missing in ${id.year}`, `absent/${id.post}/${id.year}${part}.html`]);
  return found([...[...new Set(origins)].map((post) => [`All of ${post}`, `origin/${POSTS.get(post)}.html`]), ...months]);
}

// A cable by the title of its page, which has its subject.
async function titled([name, path]) {
  const page = await (await fetch(root + path)).text();
  return [new DOMParser().parseFromString(page, "text/html").title || name, path];
}

function listed(words, links) {
  if (!links.length) return [];
  const list = document.createElement("ul");
  for (const [text, path] of links) {
    const link = Object.assign(document.createElement("a"), { textContent: text });
    link.setAttribute("href", root + path);
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  return [Object.assign(document.createElement("p"), { textContent: words }), list];
}

async function look(text) {
  const id = read(text);
  if (!id) return;
  form.elements.wanted.value = id.written;
  status.textContent = `Looking for ${id.written} …`;
  const [near, around] = await Promise.all([likely(id), lists(id)]);
  if (near.length) {
    status.replaceChildren(...listed("Perhaps you want:", await Promise.all(near.map(titled))));
  } else {
    status.textContent = `There is no cable ${id.written} here, and none with a name like it.`;
  }
  status.append(...listed("Or look here:", around));
}

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  look(form.elements.wanted.value);
});
look(location.pathname);
