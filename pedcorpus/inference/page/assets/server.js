// What is asked of the server, and its answers as they come.
const KEY = "pedcorpus.key";

export class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

export const hasKey = () => Boolean(sessionStorage.getItem(KEY));
export const setKey = (key) => sessionStorage.setItem(KEY, key);
export const dropKey = () => sessionStorage.removeItem(KEY);

async function ask(path, options = {}) {
  const headers = { "Content-Type": "application/json" };
  if (hasKey()) headers.Authorization = `Bearer ${sessionStorage.getItem(KEY)}`;
  const answer = await fetch(path, { ...options, headers });
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, String((body.error && body.error.message) || body.detail || answer.status));
}

export const about = async () => (await ask("/page/about")).json();
export const modelName = async () => (await (await ask("/v1/models")).json()).data[0].id;
export const rate = (told) => ask("/v1/feedback", { method: "POST", body: JSON.stringify(told) });

// Calls `heard` with {text, emergency, sources, trouble} as they come, until the reply ends or `signal` stops it.
export async function reply(asked, signal, heard) {
  const body = JSON.stringify({ ...asked, stream: true, truncation: "auto" });
  const answer = await ask("/v1/chat/completions", { method: "POST", body, signal });
  let skip = "";
  for await (const event of events(answer.body)) {
    if (event.error) throw new Refused(500, String(event.error.message));
    const ours = event.pedcorpus || {};
    if (ours.emergency) skip = ours.emergency;
    let text = (event.choices && event.choices[0] && event.choices[0].delta.content) || "";
    if (skip && text.startsWith(skip)) { text = text.slice(skip.length).replace(/^\n+/, ""); skip = ""; }
    heard({ text, ...ours });
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    waiting += value;
    const whole = waiting.split("\n\n");
    waiting = whole.pop();
    for (const each of whole) {
      const data = each.replace(/^data: /, "");
      if (data === "[DONE]") return;
      yield JSON.parse(data);
    }
  }
}
