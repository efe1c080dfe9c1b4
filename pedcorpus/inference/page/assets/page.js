// The chat page put together: what is typed, what is shown, what is kept.
import * as server from "./server.js";
import { element } from "./text.js";
import { Talks } from "./talks.js";
import { shownTurn } from "./turns.js";
import { WORDS, preferred } from "./words.js";

const at = (id) => document.getElementById(id);
const talks = new Talks();
let language = preferred(), about = {}, model = "", stopper = null;

const say = (word, ...values) => WORDS[language][word].replace(/\{(\d)\}/g, (_, place) => String(values[place]));
const tell = (text) => { at("status").textContent = text; };
const keep = () => { if (!talks.keep()) tell(say("full")); };

const doing = {
  get takesFeedback() { return Boolean(about.feedback); },
  isLast: (turn) => talks.current.turns.at(-1) === turn && !stopper,
  copy: async (turn, button) => {
    await copied([turn.emergency, turn.content].filter(Boolean).join("\n\n"));
    button.textContent = say("copied");
  },
  retry: (turn) => {
    talks.current.turns.pop();
    answer({ temperature: 0.7 });
  },
  rate: async (turn, told) => {
    const turns = talks.current.turns, messages = said(turns.slice(0, turns.indexOf(turn)));
    await guarded(async () => {
      await server.rate({ messages, reply: turn.content, ...told });
      turn.rated = told.rating;
      keep();
    });
    show();
  },
};

const said = (turns) => turns.filter((turn) => turn.content).map(({ role, content }) => ({ role, content }));

async function copied(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = element("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");  // pages that came over plain HTTP have no other clipboard
  field.remove();
}

function show() {
  document.documentElement.lang = language;
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = say(each.dataset.word);
  at("language").textContent = say("other");
  at("language").lang = language === "zh" ? "en" : "zh";
  at("model").textContent = model;
  at("log").setAttribute("aria-busy", String(Boolean(stopper)));
  at("send").hidden = Boolean(stopper);
  at("stop").hidden = !stopper;
  showTalks();
  at("log").replaceChildren(...(talks.current ? talks.current.turns : []).map((turn) => shownTurn(turn, say, doing)));
  at("log").scrollTop = at("log").scrollHeight;
}

function showTalks() {
  const small = (sign, word, talk, act) =>
    element("button", { type: "button", class: word, "aria-label": `${say(word)}: ${talk.title}`, title: say(word), click: act }, sign);
  at("talk-list").replaceChildren(...talks.all.map((talk) => element("li", {},
    element("button", { type: "button", class: "open", "aria-current": String(talk === talks.current), click: () => open(talk) }, talk.title || say("newTalk")),
    small("✎", "rename", talk, () => rename(talk)), small("✕", "remove", talk, () => remove(talk)))));
}

function open(talk) {
  stop();
  talks.current = talk;
  fold(false);
  show();
  at("ask").focus();
}

function rename(talk) {
  const title = prompt(say("renameTo"), talk.title);
  if (title && title.trim()) talk.title = title.trim().slice(0, 80);
  keep();
  show();
}

function remove(talk) {
  if (!confirm(say("sureRemove"))) return;
  if (talk === talks.current) stop();
  talks.remove(talk);
  show();
}

function fold(isOpen) {
  at("talks").classList.toggle("open", isOpen);
  at("fold").setAttribute("aria-expanded", String(isOpen));
}

function stop() { if (stopper) stopper.abort(); }

function send() {
  const text = at("ask").value.trim();
  if (!text || stopper) return;
  if (!talks.current) talks.start();
  if (!talks.current.title) talks.current.title = text.slice(0, 30);
  talks.current.turns.push({ role: "user", content: text });
  at("ask").value = "";
  answer({});
}

async function answer(more) {
  const talk = talks.current, turn = { role: "assistant", content: "", running: true };
  const messages = said(talk.turns);
  talk.turns.push(turn);
  stopper = new AbortController();
  const { signal } = stopper;
  tell(say("waiting"));
  show();
  let isDue = false;
  const soon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => { isDue = false; if (talks.current === talk && turn.running) showLast(turn); });
  };
  const failed = await guarded(() => server.reply({ model, messages, ...more }, signal, (piece) => {
    turn.content += piece.text;
    if (piece.emergency) turn.emergency = piece.emergency;
    if (piece.sources) turn.sources = piece.sources;
    soon();
  }));
  turn.stopped = signal.aborted;
  delete turn.running;
  if (!turn.content && !turn.emergency && failed) talk.turns.pop();
  stopper = null;
  if (!failed) tell("");
  keep();
  show();
}

function showLast(turn) {
  const log = at("log"), isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const old = log.lastElementChild, made = shownTurn(turn, say, doing);
  // an alert that is put in anew is read out anew: while a reply comes, its text alone changes
  if (turn.emergency && !old.querySelector(".emergency")) old.replaceWith(made);
  else old.querySelector(".text").replaceWith(made.querySelector(".text"));
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

// Whether it failed; what went wrong is told, a stop is none.
async function guarded(work) {
  try {
    await work();
    return false;
  } catch (error) {
    if (error.name === "AbortError") return false;
    if (error.status === 401) askKey(true);
    else if (error.status === 429) tell(say("busy"));
    else if (error instanceof server.Refused) tell(say("failed", error.message));
    else tell(say("offline"));
    return true;
  }
}

function askKey(isWrong) {
  if (isWrong && server.hasKey()) tell(say("badKey"));
  server.dropKey();
  at("key-form").hidden = false;
  at("key").focus();
}

async function enter() {
  const failed = await guarded(async () => { model = await server.modelName(); });
  at("key-form").hidden = !failed || !about.needs_key;
  show();
  if (!failed) at("ask").focus();
}

at("ask-form").addEventListener("submit", (event) => { event.preventDefault(); send(); });
at("ask").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") { stop(); fold(false); } });
at("stop").addEventListener("click", stop);
at("new").addEventListener("click", () => { stop(); talks.start(); fold(false); show(); at("ask").focus(); });
at("fold").addEventListener("click", () => fold(!at("talks").classList.contains("open")));
at("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("pedcorpus.language", language);
  tell("");
  show();
});
at("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  server.setKey(at("key").value.trim());
  at("key").value = "";
  tell("");
  enter();
});

show();
await guarded(async () => { about = await server.about(); });
if (about.needs_key && !server.hasKey()) askKey(false);
else await enter();
