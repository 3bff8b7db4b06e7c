// What a page tells of itself once it is laid out: sizes, names, contrasts. `axe` is in the page.
const view = page.contentWindow, doc = view.document, root = doc.documentElement;
const all = (query, within = doc) => [...within.querySelectorAll(query)];
const look = part => view.getComputedStyle(part);
const box = part => part.getBoundingClientRect();

// WCAG 2.2, relative luminance and contrast ratio.
const parts = colour => colour.match(/[\d.]+/g).map(Number);
const light = colour => {
  const [r, g, b] = parts(colour).map(n => n / 255)
    .map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const ground = part => {
  for (let one = part; one; one = one.parentElement) {
    const colour = look(one).backgroundColor;
    if (parts(colour)[3] !== 0) return colour;
  }
  return "rgb(255, 255, 255)";
};

// A mark is seen by its stroke or its fill; a pattern's lines have the colour of the stroke.
const MARKS = ".offered, .merged, .pull, .said, .sign, .word, .sign-unseen, .word-unseen, .since, .unseen";
const seen = mark => [look(mark).stroke, look(mark).fill].filter(one => one.startsWith("rgb"));
const pale = all(MARKS).filter(mark =>
  Math.max(...seen(mark).map(one => contrast(one, ground(mark)))) < 3);
const faint = all(".chart text").filter(text => contrast(look(text).fill, ground(text)) < 4.5);

const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
const crowded = all(".chart").flatMap(chart => {
  const texts = all("text", chart);
  return texts.filter((one, place) => texts.slice(place + 1).some(other => !apart(box(one), box(other))));
});
const outside = all(".chart text, .chart rect, .chart circle, .chart path").filter(part => {
  const card = box(part.closest("section"));
  return box(part).left < card.left || box(part).right > card.right;
});

const told = parts => parts.map(part => part.outerHTML.slice(0, 160));
const check = async () => {
  const options = { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
  const { violations } = await view.axe.run(doc, options);
  return violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
};
const tell = async () => {
  const height = root.scrollHeight;
  const closed = await check();
  for (const one of all("details")) one.open = true;
  const open = await check();
  const levels = all("h1, h2, h3, h4").map(one => Number(one.tagName[1]));
  document.title = JSON.stringify({
    violations: [...new Set([...closed, ...open])],
    rules: view.axe.getRules().length,
    width: root.scrollWidth, height, lang: root.lang, levels,
    ink: look(all("h1")[0]).color, ground: look(doc.body).backgroundColor,
    motion: look(root).scrollBehavior,
    smallest: Math.min(...all("body *").filter(one => one.textContent.trim()).map(one => parseFloat(look(one).fontSize))),
    charts: all("svg[role=img]").map(one => [
      one.querySelector("title").textContent.trim(), one.querySelector("desc").textContent.trim(),
      one.getAttribute("aria-labelledby") === one.querySelector("title").id]),
    tables: all("table").map(one => [
      Boolean(one.caption && one.caption.textContent.trim()), all("th:not([scope])", one).length,
      all("tbody tr", one).every(row => row.cells[0].tagName === "TH")]),
    regions: all(".scroll").map(one => [one.tabIndex, one.getAttribute("role"),
      doc.getElementById(one.getAttribute("aria-labelledby")).textContent.trim()]),
    landmarks: ["header", "main", "footer"].map(name => all(name).length),
    first: all("a, button, summary, [tabindex]")[0].getAttribute("href"),
    dead: all("a[href^='#']").map(one => one.getAttribute("href")).filter(one => !doc.querySelector(one)),
    elsewhere: all("[src], link, script, style, iframe, object, image, use").filter(one =>
      !["STYLE"].includes(one.tagName) && one.id !== "axe").length,
    pale: told(pale), faint: told(faint), crowded: told(crowded), outside: told(outside),
  });
};
