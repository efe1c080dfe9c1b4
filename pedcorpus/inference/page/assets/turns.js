// One turn of a conversation on the page: its text, the advice before it, its sources, what can be done with it.
import { element, formatted, quoted } from "./text.js";

export function shownTurn(turn, say, doing) {
  const text = element("div", { class: "text" });
  if (turn.role === "user") text.textContent = turn.content;
  else text.append(formatted(turn.content));
  const made = element("article", { class: turn.role }, element("h3", {}, say(turn.role === "user" ? "you" : "assistant")));
  if (turn.emergency) made.append(emergency(turn.emergency, say));
  made.append(text);
  if (turn.stopped) text.append(element("p", { class: "note" }, say("stopped")));
  if (turn.role === "assistant" && !turn.running) {
    if (turn.sources) made.append(sources(turn.sources, say));
    made.append(buttons(turn, say, doing));
  }
  return made;
}

function emergency(text, say) {
  const [, ...lines] = text.split("\n");
  return element("section", { class: "emergency", role: "alert" }, element("h4", {}, `⚠ ${say("emergency")}`),
    ...lines.map((line) => element("p", {}, line)));
}

function sources(found, say) {
  if (!found.length) return element("p", { class: "note" }, say("noSources"));
  const list = element("ol");
  for (const each of found) list.append(element("li", {}, place(each, say), quoted(each.quote, each.highlights)));
  return element("details", { class: "sources" }, element("summary", {}, `${say("sources")} (${found.length})`), list);
}

function place(source, say) {
  const page = source.page !== null ? say("page", source.page) : source.row !== null ? say("row", source.row) : "";
  const parts = [source.title, page, source.heading_path.join(" › "), source.file, source.license];
  return element("div", { class: "place" }, parts.filter(Boolean).join(" · "));
}

function buttons(turn, say, doing) {
  const button = (word, act, attributes = {}) => element("button", { type: "button", click: act, ...attributes }, say(word));
  const row = element("div", { class: "doing" });
  row.append(button("copy", (event) => doing.copy(turn, event.target), { class: "copy" }));
  if (doing.isLast(turn)) row.append(button("retry", () => doing.retry(turn), { class: "retry" }));
  if (doing.takesFeedback && turn.content) {
    const up = button("up", () => doing.rate(turn, { rating: "up" }), { class: "up", "aria-pressed": String(turn.rated === "up") });
    const down = button("down", () => row.after(correcting(turn, say, doing, down)), { class: "down", "aria-pressed": String(turn.rated === "down") });
    up.prepend("✓ ");
    down.prepend("✗ ");
    if (turn.rated) for (const each of [up, down]) each.disabled = true;
    row.append(up, down);
    if (turn.rated) row.append(element("span", { class: "note", role: "status" }, say("thanks")));
  }
  return row;
}

function correcting(turn, say, doing, opener) {
  opener.disabled = true;
  const text = element("textarea", { rows: "5", class: "corrected" }), note = element("input", { type: "text", class: "why" });
  text.value = turn.content;
  const close = () => { form.remove(); opener.disabled = false; opener.focus(); };
  const send = (event) => {
    event.preventDefault();
    const correction = text.value.trim() === turn.content.trim() ? "" : text.value;
    doing.rate(turn, { rating: "down", correction, note: note.value });
  };
  const form = element("form", { class: "correcting", submit: send },
    element("label", {}, say("correction"), text), element("label", {}, say("note"), note),
    element("div", { class: "doing" }, element("button", { type: "submit", class: "submit" }, say("submit")),
      element("button", { type: "button", click: close }, say("cancel"))));
  queueMicrotask(() => text.focus());
  return form;
}
