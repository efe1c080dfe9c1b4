// Conversations, kept in this browser and nowhere else.
const KEPT = "pedcorpus.conversations", MOST = 200;

export class Talks {
  constructor() {
    try { this.all = JSON.parse(localStorage.getItem(KEPT)) || []; } catch { this.all = []; }
    if (!Array.isArray(this.all)) this.all = [];
    this.current = this.all[0] || null;
  }
  start() {
    this.current = { id: crypto.getRandomValues(new Uint32Array(2)).join("-"), title: "", turns: [] };
    this.all.unshift(this.current);
  }
  remove(talk) {
    this.all = this.all.filter((each) => each !== talk);
    if (this.current === talk) this.current = this.all[0] || null;
    return this.keep();
  }
  // Whether all were kept; where there is no room, the oldest are not.
  keep() {
    this.all = this.all.slice(0, MOST);
    for (let count = this.all.length; count >= 0; count = Math.floor(count / 2)) {
      try {
        localStorage.setItem(KEPT, JSON.stringify(this.all.slice(0, count)));
        return count === this.all.length;
      } catch { if (!count) return false; }
    }
    return false;
  }
}
