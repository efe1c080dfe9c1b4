// Texts of a model, a user or a source as elements: they only ever become text, never markup.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// A small subset of Markdown: paragraphs, lists and bold.
export function formatted(text) {
  const made = document.createDocumentFragment();
  for (const block of text.trim().split(/\n\s*\n/)) {
    let list = null, paragraph = null;
    for (const line of block.split("\n")) {
      const item = /^\s*(?:([-*•])\s+|(\d{1,3})[.、)](?!\d)\s*)(.*)$/.exec(line);
      if (item) {
        const tag = item[1] ? "ul" : "ol";
        if (!list || list.localName !== tag) made.append(list = element(tag, item[2] ? { start: item[2] } : {}));
        list.append(element("li", {}, ...bold(item[3])));
        paragraph = null;
      } else {
        if (paragraph) paragraph.append(document.createElement("br"), ...bold(line));
        else made.append(paragraph = element("p", {}, ...bold(line)));
        list = null;
      }
    }
  }
  return made;
}

function bold(line) {
  return line.split(/\*\*([^*]+)\*\*/).map((part, place) => (place % 2 ? element("strong", {}, part) : part));
}

// A quote with its marked spans, which count whole characters.
export function quoted(quote, highlights) {
  const letters = Array.from(quote), made = element("blockquote");
  let end = 0;
  for (const [start, stop] of highlights) {
    made.append(letters.slice(end, start).join(""), element("mark", {}, letters.slice(start, stop).join("")));
    end = stop;
  }
  made.append(letters.slice(end).join(""));
  return made;
}
