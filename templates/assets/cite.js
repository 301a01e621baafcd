// The citation as programs for references read it: BibTeX, RIS (2011) and CSL-JSON (1.0), made from the metadata in the
// head of the page. site.js loads this where the citation is unfolded, and lends `copied`.
"use strict";

{
  const said = (tag) => document.querySelector(`meta[${tag}]`)?.content.replace(/\s+/g, " ").trim() ?? "";
  const id = said("name=citation_technical_report_number");
  const title = said("name=citation_title");
  const institution = said("name=citation_technical_report_institution");
  const site = said("property='og:site_name'");
  const date = said("name=citation_publication_date");
  const [year, month, day] = date.split("-");
  const address = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? "";

  // BibTeX counts braces even behind a backslash, so these have names.
  const SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
  };
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

  const tex = (words) => words.replace(/[\\{}~^$&%#_]/g, (sign) => SPECIAL[sign] ?? `\\${sign}`);

  function bibtex() {
    const fields = [
      ["title", `{{${tex(title)}}}`],
      ["type", "{Cable}"],
      ["number", id && `{${tex(id)}}`],
      ["institution", institution && `{{${tex(institution)}}}`],
      ["date", date && `{${date}}`],
      ["year", year && `{${year}}`],
      ["month", month && MONTHS[month - 1]],
      ["note", site && `{${tex(site)}}`],
      ["url", address && `{${address}}`],
    ];
    const lines = fields.filter(([, value]) => value).map(([field, value]) => `  ${field} = ${value},\n`);
    return `@techreport{${id.replace(/[^A-Za-z0-9-]/g, "") || "cable"},\n${lines.join("")}}\n`;
  }

  function ris() {
    const fields = [
      ["TY", "RPRT"], ["TI", title], ["M3", "Cable"], ["SN", id], ["PB", institution], ["PY", year],
      ["DA", date && [year, month, day, ""].join("/")], ["DB", site], ["UR", address],
    ];
    const lines = fields.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value}\r\n`);
    return `${lines.join("")}ER  - \r\n`;
  }

  function csl() {
    const issued = date && { "date-parts": [date.split("-").map(Number)] };
    const item = { id, type: "report", title, genre: "Cable", number: id, publisher: institution, issued, archive: site, URL: address };
    return `${JSON.stringify([Object.fromEntries(Object.entries(item).filter(([, value]) => value))], null, 2)}\n`;
  }

  const row = document.createElement("p");
  const status = Object.assign(document.createElement("span"), { role: "status" });
  const made = Object.entries({ BibTeX: bibtex, RIS: ris, "CSL-JSON": csl }).map(([format, write]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: format });
    button.addEventListener("click", async () => {
      status.textContent = await copied(write()) ? `Copied as ${format}` : "The browser does not allow copying";
      button.focus();
    });
    return button;
  });
  row.append("Copy as ", ...made.flatMap((button) => [button, " "]), status);
  document.getElementById("citation").closest("details").append(row);
}
