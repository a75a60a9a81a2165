// The assistant on a commune's own site, by one script tag:
//   <script src="https://ADDRESS/widget.js" data-commune="11329" data-position="right" defer></script>
// It asks the JSON interface, builds its page from elements alone (no markup is ever parsed), keeps the conversation
// on this device only, and needs of the host's content policy no more than script-src and connect-src for ADDRESS.
"use strict";

(() => {
  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  const tag = "motcua-widget";
  if (!script || document.querySelector(tag)) return;

  const ORIGIN = new URL(script.src, location.href).origin;
  const COMMUNE = /^\d{5}$/.test(script.dataset.commune ?? "") ? script.dataset.commune : undefined;
  const SIDE = script.dataset.position === "left" ? "left" : "right";
  const KEY = `motcua ${ORIGIN}`;
  const KEPT_DAYS = 7; // after a week the device forgets by itself
  const KEPT_TURNS = 20; // some 80 kB: far below what a site may keep
  const PATIENCE = 30_000; // milliseconds
  const PHONE = "(max-width: 30rem)";

  const WORDS = {
    open: "Hỏi về giấy tờ, thủ tục",
    title: "Hỏi về giấy tờ, thủ tục",
    introduction:
      "Đây là trợ lý tự động về thủ tục hành chính ở Hải Phòng, không phải cán bộ. Câu hỏi được lưu sau khi che tên " +
      "và số giấy tờ, để sửa câu trả lời cho đúng; gửi /xoa để xóa.",
    kept: "Cuộc trò chuyện chỉ nằm trên máy này.",
    log: "Cuộc trò chuyện",
    box: "Viết như nói chuyện, không cần dấu",
    send: "Hỏi",
    close: "Đóng",
    forget: "Xóa cuộc trò chuyện",
    forgotten: "Đã xóa cuộc trò chuyện.",
    halfForgotten: "Đã xóa trên máy này; máy chủ chưa xóa được. Bạn có mạng rồi thì gửi /xoa lần nữa.",
    you: "Bạn hỏi: ",
    answer: "Trả lời: ",
    waiting: "Đang tìm…",
    leaflet: "Tờ hướng dẫn để xem và in",
    newTab: " (mở trang mới)",
    doubt: "Chưa đúng?",
    wrong: "Câu trả lời chưa đúng",
    passed: "Tin nhắn đã chuyển cho cán bộ đang trả lời bạn.",
    offline: "Chưa gửi được câu hỏi. Bạn xem lại mạng rồi bấm Hỏi lần nữa.",
  };

  const STYLE = `
:host { all: initial !important; position: fixed !important; z-index: 2147483000 !important; bottom: 16px !important;
  ${SIDE}: 16px !important; color-scheme: light dark !important; color: var(--ink) !important; font: 18px/1.5 "Segoe UI",
  Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif !important; --paper: #fbfaf6; --card: #ffffff; --ink: #1b2223;
  --soft: #47514f; --line: #d8d5ca; --edge: #7b847f; --accent: #0a5157; --on-accent: #ffffff; --tint: #e6f0ee;
  --warn: #fdf1d3; --on-warn: #4a3400; --focus: #ffbf2e; }
@media (prefers-color-scheme: dark) { :host { --paper: #101819; --card: #182224; --ink: #eef1ec; --soft: #bac5c0;
  --line: #334041; --edge: #7f8d89; --accent: #84d6cc; --on-accent: #062123; --tint: #1d3133; --warn: #3a2e10;
  --on-warn: #fbe6b4; --focus: #ffcf5c; } }
@media print { :host { display: none !important; } }
*, *::before { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, p, ul { margin: 0 0 .6em; font-size: 1em; }
h3 { font-size: 1.1em; line-height: 1.3; }
ul { padding-left: 1.2em; }
a { color: var(--accent); text-underline-offset: .18em; }
button, textarea { color: inherit; font: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; box-shadow: 0 0 0 2px var(--ink); }
[tabindex="-1"]:focus-visible { outline: none; box-shadow: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.open, .send { border: 1.5px solid var(--accent); border-radius: 11px; background: var(--accent);
  color: var(--on-accent); font-weight: 600; }
.open { min-height: 52px; padding: 8px 18px; border-radius: 26px; box-shadow: 0 2px 10px rgb(0 0 0 / .25); }
.panel { display: flex; flex-direction: column; width: min(420px, calc(100vw - 32px));
  height: min(680px, calc(100vh - 32px)); overflow: hidden; border: 1px solid var(--edge); border-radius: 14px;
  background: var(--paper); box-shadow: 0 6px 30px rgb(0 0 0 / .3); overflow-wrap: anywhere; }
.head { display: flex; align-items: center; justify-content: space-between; gap: 8px; padding: 4px 4px 4px 16px;
  background: var(--accent); color: var(--on-accent); }
.head h2 { margin: 0; font-weight: 700; }
.close { min-width: 44px; min-height: 44px; padding: 0 12px; border: 0; border-radius: 11px; background: none;
  text-decoration: underline; text-underline-offset: .18em; }
.log { position: relative; flex: 1; padding: 14px; overflow-y: auto; overscroll-behavior: contain; }
.intro { color: var(--soft); font-size: .89em; }
.asked { width: fit-content; max-width: 90%; margin: 0 0 10px auto; padding: 8px 14px; border-radius: 11px 11px 0 11px;
  background: var(--tint); white-space: pre-line; font-weight: 400; }
.answer { margin-bottom: 22px; padding: 14px; border: 1px solid var(--line); border-radius: 0 11px 11px 11px;
  background: var(--card); }
.answer > :last-child { margin-bottom: 0; }
.urgent { border-color: var(--on-warn); background: var(--warn); color: var(--on-warn); }
.source { color: var(--soft); font-size: .89em; }
.choices { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 14px; }
.choice { display: inline-flex; align-items: center; min-height: 46px; padding: 6px 14px; border: 1.5px solid var(--accent);
  border-radius: 11px; background: var(--card); color: var(--accent); line-height: 1.3; text-align: left;
  text-decoration: none; }
.choice:hover { background: var(--tint); }
.options .choice { width: 100%; font-weight: 600; }
.trouble { margin: 0; padding: 8px 14px; background: var(--warn); color: var(--on-warn); }
.ask { padding: 10px 14px 4px; border-top: 1px solid var(--line); background: var(--card); }
.ask label { display: block; margin-bottom: 4px; font-size: .89em; font-weight: 700; }
.line { display: flex; gap: 8px; }
textarea { flex: 1; min-width: 0; min-height: 46px; max-height: 140px; padding: 8px 12px; border: 1.5px solid var(--edge);
  border-radius: 8px; background: var(--paper); resize: none; field-sizing: content; }
.send { min-width: 76px; min-height: 46px; }
article:not(:last-child) .doubt { display: none; }
.forget, .doubt { min-height: 44px; padding: 0; border: 0; background: none; color: var(--accent); font-size: .89em;
  text-decoration: underline; text-underline-offset: .18em; }
@media ${PHONE} { .panel { position: fixed; inset: 0; width: auto; height: auto; border: 0; border-radius: 0; } }
@media (forced-colors: active) { .open, .send { border: 2px solid ButtonText; } }
`;

  // Building blocks

  /** An element with properties, its role, `aria` and what stands inside it. */
  function make(name, properties = {}, ...inside) {
    const { role, aria = {}, ...rest } = properties;
    const made = Object.assign(document.createElement(name), rest);
    if (role) made.setAttribute("role", role);
    for (const [key, value] of Object.entries(aria)) made.setAttribute(`aria-${key}`, value);
    made.append(...inside);
    return made;
  }

  const unseen = (words) => make("span", { className: "unseen" }, words);

  function dress(root) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } catch {
      // Browsers before 2023: a style element, which a strict policy lets pass by the nonce of this script.
      root.append(make("style", { nonce: script.nonce ?? "", textContent: STYLE }));
    }
  }

  /** A link in a new tab, or the bare words where an address is none that may be opened. */
  function link(address, className, ...inside) {
    let url;
    try {
      url = new URL(address, ORIGIN);
    } catch {
      return make("span", {}, ...inside);
    }
    if (!["http:", "https:", "tel:"].includes(url.protocol)) return make("span", {}, ...inside);
    if (url.protocol === "tel:") return make("a", { href: url.href, className }, ...inside);
    return make("a", { href: url.href, className, target: "_blank", rel: "noopener" }, ...inside, unseen(WORDS.newTab));
  }

  // What this device remembers; a browser that keeps nothing forgets with the page

  const nothing = () => ({ chat: undefined, turns: [], at: Date.now() });

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      const isFresh = Date.now() - kept.at < KEPT_DAYS * 86_400_000;
      return isFresh && Array.isArray(kept.turns) ? kept : nothing();
    } catch {
      return nothing();
    }
  }

  /** The state of a dossier is nobody's who uses this device later: such turns are shown and not kept. */
  function keep() {
    const turns = memory.turns.filter((turn) => turn.answer.family !== "dossier").slice(-KEPT_TURNS);
    try {
      localStorage.setItem(KEY, JSON.stringify({ chat: memory.chat, turns, at: Date.now() }));
    } catch {
      // Full or forbidden: the conversation lives as long as the page.
    }
  }

  function drop() {
    memory = nothing();
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Nothing was kept.
    }
  }

  // The interface

  async function post(path, body) {
    const response = await fetch(`${ORIGIN}/api/v1/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    const said = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(said.error?.message ?? WORDS.offline);
    return said;
  }

  // An answer as elements

  const spans = (line) =>
    line.map(({ text, bold, url }) => (url ? link(url, "", text) : bold ? make("strong", {}, text) : text));

  const plain = (line) => line.map((span) => span.text).join("");

  const KINDS = {
    heading: (lines) => [make("h3", {}, ...spans(lines[0]))],
    bullets: (lines) => [make("ul", {}, ...lines.map((line) => make("li", {}, ...spans(line))))],
    source: (lines) => [make("p", { className: "source" }, ...spans(lines[0]))],
    paragraph: (lines) => lines.map((line) => make("p", {}, ...spans(line))),
  };

  /** What an answer lists as "1. …" becomes its numbered buttons. */
  function menuOf(answer) {
    const lines = new Set(answer.blocks.flatMap((block) => block.lines.map(plain)));
    const numbered = answer.choices.map((choice, at) => [`${at + 1}. ${choice.label}`, choice]);
    return new Map(numbered.filter(([line]) => lines.has(line)));
  }

  function choiceOf(choice, words) {
    if (choice.url) return link(choice.url, "choice", words);
    const button = make("button", { type: "button", className: "choice" }, words);
    button.addEventListener("click", () => ask(choice.label, choice.action));
    return button;
  }

  function choicesOf(answer, menu) {
    const lines = new Map([...menu].map(([line, choice]) => [choice, line]));
    const made = answer.choices.map((choice) => choiceOf(choice, lines.get(choice) ?? choice.label));
    if (["procedure", "aspect"].includes(answer.ending) && answer.procedures[0])
      made.unshift(link(`/tthc/${encodeURIComponent(answer.procedures[0])}`, "choice", WORDS.leaflet));
    const className = menu.size ? "choices options" : "choices";
    return made.length ? [make("div", { className }, ...made)] : [];
  }

  /** The control below an answer, of which only the last one can be doubted. */
  function doubt() {
    const button = make("button", { type: "button", className: "doubt" }, WORDS.doubt);
    button.addEventListener("click", () => ask(WORDS.wrong, "wrong"));
    return button;
  }

  function turnOf({ asked, answer }) {
    const menu = menuOf(answer);
    const shown = answer.blocks.filter((block) => !block.lines.every((line) => menu.has(plain(line))));
    const blocks = shown.flatMap((block) => (KINDS[block.kind] ?? KINDS.paragraph)(block.lines));
    if (!answer.blocks.length) blocks.push(make("p", {}, WORDS.passed));
    if (["answer", "choose"].includes(answer.family)) blocks.push(...choicesOf(answer, menu), doubt());
    else blocks.push(...choicesOf(answer, menu));
    const className = answer.ending === "emergency" ? "answer urgent" : "answer";
    return make(
      "article",
      { tabIndex: -1 },
      make("p", { className: "asked" }, unseen(WORDS.you), asked),
      make("div", { className }, unseen(WORDS.answer), ...blocks),
    );
  }

  // The window

  const host = document.createElement(tag);
  const root = host.attachShadow({ mode: "open" });
  const opener = make("button", { type: "button", className: "open", aria: { haspopup: "dialog", expanded: false } }, WORDS.open);
  const closer = make("button", { type: "button", className: "close" }, WORDS.close);
  const log = make("div", { className: "log", role: "log", tabIndex: 0, aria: { live: "polite", label: WORDS.log } });
  const trouble = make("p", { className: "trouble", role: "alert", hidden: true });
  const box = make("textarea", { id: "box", rows: 1, maxLength: 5_000, required: true, enterKeyHint: "send" });
  const forgetter = make("button", { type: "button", className: "forget", hidden: true }, WORDS.forget);
  const form = make(
    "form",
    { className: "ask", autocomplete: "off" },
    make("label", { htmlFor: "box" }, WORDS.box),
    make("div", { className: "line" }, box, make("button", { className: "send" }, WORDS.send)),
    forgetter,
  );
  const panel = make(
    "section",
    { className: "panel", role: "dialog", lang: "vi", hidden: true, tabIndex: -1, aria: { labelledby: "title" } },
    make("header", { className: "head" }, make("h2", { id: "title" }, WORDS.title), closer),
    log,
    trouble,
    form,
  );
  let memory = recall();

  function greet() {
    log.replaceChildren(make("p", { className: "intro" }, `${WORDS.introduction} ${WORDS.kept}`));
  }

  function show(turn) {
    log.append(turn);
    forgetter.hidden = false;
    log.scrollTop = turn.offsetTop - 8; // scrollIntoView would also scroll the window, and the host's page
  }

  function complain(words) {
    trouble.textContent = words;
    trouble.hidden = !words;
  }

  function setOpen(isOpen) {
    panel.hidden = !isOpen;
    opener.hidden = isOpen;
    opener.setAttribute("aria-expanded", isOpen);
    if (!isOpen) return opener.focus();
    log.scrollTop = log.scrollHeight;
    return (matchMedia(PHONE).matches ? panel : box).focus(); // on a phone the keyboard would cover the first words
  }

  async function ask(asked, action) {
    if (log.ariaBusy === "true") return;
    if (asked.toLowerCase() === "/xoa") return forget();
    complain("");
    log.ariaBusy = "true";
    const turn = make("p", { className: "asked", aria: { hidden: true } }, asked);
    const waiting = make("p", { className: "intro", aria: { hidden: true } }, WORDS.waiting);
    log.append(turn, waiting);
    log.scrollTop = turn.offsetTop - 8;
    try {
      const answer = await post("ask", { text: asked, chat: memory.chat, commune: COMMUNE, action: action || undefined, widget: true });
      memory.chat = answer.chat;
      memory.turns.push({ asked, answer });
      keep();
      log.ariaBusy = "false";
      const shown = turnOf({ asked, answer });
      show(shown);
      if (action) shown.focus({ preventScroll: true }); // a tapped button is left behind, the box is not
    } catch (error) {
      if (!action) box.value = asked; // nothing typed is ever lost
      complain(["TypeError", "TimeoutError", "AbortError"].includes(error.name) ? WORDS.offline : error.message);
    } finally {
      turn.remove();
      waiting.remove();
      log.ariaBusy = "false";
    }
  }

  /** Here at once, whatever the server says; its words tell that it has forgotten too. */
  async function forget() {
    const { chat } = memory;
    complain("");
    drop();
    greet();
    box.value = "";
    box.focus();
    try {
      if (chat) await post("forget", { chat });
      log.append(make("p", {}, WORDS.forgotten));
      forgetter.hidden = true;
    } catch {
      memory.chat = chat; // the name is what the server needs to forget
      complain(WORDS.halfForgotten);
    }
  }

  opener.addEventListener("click", () => setOpen(true));
  closer.addEventListener("click", () => setOpen(false));
  forgetter.addEventListener("click", forget);
  panel.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the shortcuts of the host's page are not meant
    if (event.key === "Escape" && !event.isComposing) setOpen(false);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = box.value.trim();
    if (!asked || log.ariaBusy === "true") return;
    box.value = "";
    ask(asked);
  });

  dress(root);
  greet();
  try {
    memory.turns.forEach((turn) => show(turnOf(turn)));
  } catch {
    drop(); // what the device kept has been damaged, or is of another time
    greet();
  }
  root.append(opener, panel);
  document.body ? document.body.append(host) : addEventListener("DOMContentLoaded", () => document.body.append(host));
})();
