// Reads mails as HTML files, and says what a mail program would not draw or a reader not hear.
//
// caniemail (caniemail.com's tables) knows what each program supports; html-validate holds the
// rules of HTML and of accessibility. Ends with 1 if there is anything that is not allowed below.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { caniemail } from "caniemail";
import { HtmlValidate } from "html-validate";

const CLIENTS = ["gmail.*", "outlook.*", "apple-mail.*", "yahoo.*"];

const WORD = ["outlook.windows", "outlook.windows-mail"];
const YAHOO = ["yahoo.android", "yahoo.desktop-webmail", "yahoo.ios"];

// What some programs do not support and the mails use all the same: the loss is known and small.
// Nothing else may be unsupported, and an allowance that nobody needs any more is an error too.
const ALLOWED = {
  "@media": {
    clients: ["gmail.mobile-webmail", ...WORD],
    why: "holds the colours of dark mode only; without it the mail is light, and whole",
  },
  "<style> element": {
    clients: ["gmail.mobile-webmail"],
    why: "holds that @media only; all else is inlined",
  },
  "color-scheme meta tag": {
    clients: [
      ...["gmail.android", "gmail.desktop-webmail", "gmail.ios", "gmail.mobile-webmail"],
      ...["outlook.android", "outlook.ios", "outlook.macos", "outlook.outlook-com"],
      ...WORD,
      ...YAHOO,
      "apple-mail.ios",
    ],
    why: "a hint; who ignores it draws the mail light or inverts it, and both can be read",
  },
  "border-radius": { clients: WORD, why: "corners are square there" },
  "role attribute": {
    clients: ["outlook.windows-mail"],
    why: "nothing to see; that program was withdrawn at the end of 2024",
  },
  "word-break": {
    clients: ["outlook.windows-mail", ...YAHOO],
    why: "breaks a word that is longer than a line; there such a word makes the mail wider",
  },
  "<body> element": {
    clients: ["outlook.macos", "yahoo.android", "yahoo.ios"],
    why: "becomes another element; the table in it has the same background and no margin",
  },
};

const RULES = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  rules: {
    // Mail programs read these, and most read no style sheet.
    "no-inline-style": "off",
    // Outlook for Windows takes widths, paddings and alignment of tables from their attributes.
    "no-deprecated-attr": "off",
    // Outlook for Windows gets a table of its own, for it knows no max-width of a div.
    "no-conditional-comment": "off",
    // A search engine's limit; nobody shows the title of a mail.
    "long-title": "off",
    // Of the two names of one role, Yahoo and old screen readers know this one.
    "presentation-role-style": ["error", { prefer: "presentation" }],
  },
};

/** Titles of unsupported features, each with the clients that lack it. */
function lacking(html) {
  const found = new Map();
  const { issues } = caniemail({ clients: CLIENTS, html });
  for (const [client, features] of issues.errors) {
    for (const { title } of features) {
      found.set(title, (found.get(title) ?? new Set()).add(client));
    }
  }
  return { found, partial: new Set([...issues.warnings.values()].flat().map((one) => one.title)) };
}

const files = process.argv.slice(2);
const rules = new HtmlValidate(RULES);
const needed = new Set();
const partly = new Set();
const wrong = [];

for (const file of files) {
  const html = readFileSync(file, "utf8");
  const { found, partial } = lacking(html);
  partial.forEach((title) => partly.add(title));
  for (const [title, clients] of found) {
    const allowed = new Set(ALLOWED[title]?.clients);
    const lost = [...clients].filter((client) => !allowed.has(client));
    clients.forEach((client) => needed.add(`${title} in ${client}`));
    if (lost.length) wrong.push(`${basename(file)}: ${title} is not supported by ${lost.join(", ")}`);
  }
  const report = await rules.validateString(html, file);
  for (const { messages } of report.results) {
    for (const one of messages) {
      wrong.push(`${basename(file)}:${one.line}:${one.column}: ${one.message} (${one.ruleId})`);
    }
  }
}

const granted = Object.entries(ALLOWED).flatMap(([title, { clients }]) =>
  clients.map((client) => `${title} in ${client}`),
);
for (const one of granted) {
  if (!needed.has(one)) wrong.push(`lint.mjs: nothing needs the allowance of ${one} any more`);
}
if (!files.length) wrong.push("lint.mjs: no mails to read");

wrong.forEach((line) => console.log(line));
console.log(
  `${files.length} mails: ${wrong.length} errors; ${Object.keys(ALLOWED).length} features allowed ` +
    `to be missing in ${granted.length} cases, ${partly.size} supported in part`,
);
for (const [title, { why }] of Object.entries(ALLOWED)) console.log(`  without ${title}: ${why}`);
process.exitCode = wrong.length ? 1 : 0;
