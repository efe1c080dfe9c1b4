// Stands before the terminal emulator: tells why a screen ended, and lets nothing that is drawn leave this site.
"use strict";

const LOST = 4007;
const terminal = document.getElementById("terminal");
terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + terminal.dataset.socket;

function showEnd(code) {
  const known = document.querySelector(`#ended p[data-code="${code}"]`);
  (known || document.querySelector(`#ended p[data-code="${LOST}"]`)).hidden = false;
  document.getElementById("ended").hidden = false;
  document.getElementById("again").focus();
}

// The emulator says only that its socket closed, not why.
const Socket = window.WebSocket;
window.WebSocket = class extends Socket {
  constructor(...where) {
    super(...where);
    this.addEventListener("close", (event) => showEnd(event.code));
  }
};

// The emulator makes links of whatever looks like an address in a text; only pages of this corpus are opened.
const open = window.open.bind(window);
window.open = (where) => {
  const url = where ? new URL(where, location.href) : null;
  const isOurs = url && url.origin === location.origin && url.pathname.startsWith("/page/");
  return isOurs ? open(url.href, "_blank", "noopener") : null;
};

// Keys go to the screen from its first sight on.
new MutationObserver((_changes, observer) => {
  if (document.body.classList.contains("-first-byte")) {
    observer.disconnect();
    terminal.querySelector("textarea").focus();
  }
}).observe(document.body, { attributeFilter: ["class"] });
