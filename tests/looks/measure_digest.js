// What each framed digest tells of itself once it is laid out; axe-core is put in from beside.
const measure = async page => {
  const { contentWindow: view, contentDocument: doc } = page;
  const root = doc.documentElement;
  const all = query => [...doc.querySelectorAll(query)];
  const look = part => view.getComputedStyle(part);
  const top = part => part.getBoundingClientRect().top;
  const name = part => part.textContent.trim();
  const picks = all("h2");
  const boxes = all("a").flatMap(link => [...link.getClientRects()].map(box => [link, box]));
  const away = (x, y, box) => Math.hypot(
    Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  // A mail is read within its program's page, whose landmarks these are.
  const mailed = page.id.startsWith("mail") ? ["landmark-one-main", "region"] : [];
  const rules = Object.fromEntries(mailed.map(rule => [rule, { enabled: false }]));
  const { violations } = await view.axe.run(doc, { rules, resultTypes: ["violations"] });
  return {
    violations: violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)}`)),
    width: root.scrollWidth, height: root.scrollHeight,
    // The language that a heading or a paragraph is read aloud in.
    langs: [...new Set(all("h2, p, li").map(part => part.closest("[lang]").lang))],
    levels: all("h1, h2, h3, h4, h5, h6").map(one => Number(one.tagName[1])),
    picks: picks.filter(one => /^\d/.test(name(one))).map(one =>
      Math.round(top(picks[picks.indexOf(one) + 1]) - top(one))),
    nameless: all("a").filter(link => !name(link)).map(link => link.outerHTML),
    // WCAG 2.2, 2.5.8: no other link within a circle of 24 pixels around a link's middle.
    near: boxes.filter(([one, box]) => boxes.some(([other, next]) => one !== other
      && away((box.left + box.right) / 2, (box.top + box.bottom) / 2, next) < 12))
      .map(([link]) => name(link)),
    ink: look(all("h2")[0]).color,
    ground: look(doc.body).backgroundColor,
  };
};
const withRules = page => new Promise(done => {
  const rules = page.contentDocument.createElement("script");
  rules.src = "axe.js";
  rules.onload = () => done(measure(page));
  page.contentDocument.head.append(rules);
});
onload = async () => {
  const told = {};
  for (const page of document.querySelectorAll("iframe")) told[page.id] = await withRules(page);
  document.title = JSON.stringify(told);
};
