// What a script adds to the exam room: choices are saved as they are picked, keys press buttons, the clock runs between two
// pages, and what could not be sent is kept and sent again. Without it every page works by its forms alone.
//
// It decides nothing: a key presses the button on which the page says so (data-keys), a form is sent as it is, and the parts
// of the page that comes back (data-part) take the place of the old ones.
"use strict";

(() => {
  const find = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const isRoom = () => document.body.classList.contains("is-room");
  if (!isRoom()) return;

  const BEAT = 5000;
  const QUICK = 1000;
  const PATIENCE = 10000;

  // ── What is said ──────────────────────────────────────────────────────────────────────────────────────────────────

  const say = (text) => {
    const place = find("#say");
    if (!place) return;
    place.textContent = "";
    // A region is read when it changes, also to the same text.
    setTimeout(() => { place.textContent = text; }, 50);
  };

  const banner = (id, text, alarm) => {
    let place = document.getElementById(id);
    if (!text) {
      if (place) place.remove();
      return;
    }
    if (!place) {
      place = document.createElement("p");
      place.id = id;
      find("#main").prepend(place);
    }
    place.className = alarm ? "banner banner-alarm" : "banner";
    if (place.textContent !== text) {
      place.textContent = text;
      say(text);
    }
  };

  // ── The clock ─────────────────────────────────────────────────────────────────────────────────────────────────────

  let deadline = null;
  let before = Infinity;

  const setClock = (left) => {
    deadline = left === null ? null : performance.now() + left;
    if (left !== null && left > before + 2000) before = Infinity;
  };

  const readClock = () => {
    const clock = find("#clock");
    setClock(clock ? Number(clock.dataset.left) : null);
  };

  const face = (left) => {
    const seconds = Math.ceil(left / 1000);
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    return hours > 0
      ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
      : `${minutes}:${two(seconds % 60)}`;
  };

  const drawClock = () => {
    const clock = find("#clock");
    if (!clock || deadline === null) return;
    const left = Math.max(0, deadline - performance.now());
    clock.textContent = face(left);
    const low = left <= Number(clock.dataset.low);
    if (low && !clock.classList.contains("is-low")) clock.hidden = false;
    clock.classList.toggle("is-low", low);
    const due = all("#notices li").filter((notice) => before > Number(notice.dataset.at) && left <= Number(notice.dataset.at));
    if (before !== Infinity && left > 0 && due.length > 0) {
      banner("notice", due[due.length - 1].textContent, false);
      setTimeout(() => banner("notice", ""), 20000);
    }
    before = left;
    if (left === 0) {
      deadline = null;
      setTimeout(refresh, 300);
    }
  };

  // ── Sending ───────────────────────────────────────────────────────────────────────────────────────────────────────

  // Forms that were not answered yet, in their order.
  const queue = [];
  let isSending = false;
  let isLost = false;
  // Something else is about to come on the screen: what is typed meanwhile is meant for that, and clicks for nothing.
  let isTurning = false;
  let typed = [];
  // After these the question stays.
  const STAYS = /^(save|clear|flag|note|problem|highlight|clear-highlights|strike-.*)$/;

  const after = () => Number(find("#bar").dataset.after);

  const mark = (text, failed) => {
    const saved = find("#saved");
    if (!saved) return;
    saved.textContent = text;
    saved.classList.toggle("is-failed", failed);
  };

  const lost = () => {
    isLost = true;
    mark("NOT SAVED", true);
    const kept = queue.length === 0
      ? "Nothing that you did is missing."
      : "What you did is kept on this page and is sent as soon as it answers. Do not close this page.";
    banner("lost", `examroom does not answer. ${kept} Start examroom open again if it was closed.`, true);
  };

  const found = () => {
    if (!isLost) return;
    isLost = false;
    banner("lost", "");
    say("examroom answers again.");
  };

  const ask = async (address, options = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const reply = await fetch(address, { credentials: "same-origin", cache: "no-store", signal: stop.signal, ...options });
      // Another examroom has the port: it does not know this page.
      if (reply.status === 403) throw new Error("not let in");
      return reply;
    } finally {
      clearTimeout(timer);
    }
  };

  const stem = (page) => {
    const place = find(".stem", page);
    return place && place.textContent;
  };

  // Notes that were typed and not sent.
  const drafts = () => all("[data-keeps]").filter((draft) => draft.value !== draft.defaultValue);

  // While something is pressed or text is being selected, the page stays as it is: a click on a part that was replaced
  // under it would be lost.
  let isPressed = false;
  document.addEventListener("pointerdown", (event) => { isPressed = event.button === 0; });
  const release = () => setTimeout(() => { isPressed = false; }, 50);
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", release);
  // Some releases are not told, as on a scroll bar.
  document.addEventListener("pointermove", (event) => { if (event.buttons === 0) isPressed = false; });
  const atRest = async () => {
    for (let waited = 0; isPressed && waited < PATIENCE; waited += 20) {
      await new Promise((done) => setTimeout(done, 20));
    }
  };

  const swap = (html, address) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!find("#bar", page)) {
      location.assign(address);
      return;
    }
    const focus = document.activeElement && document.activeElement.id;
    const unsent = drafts().map((draft) => [draft.id, draft.value]);
    const wasAt = stem(document);
    const title = find("h1") && find("h1").textContent;
    document.title = page.title;
    for (const part of all("[data-part]")) {
      const next = page.getElementById(part.id);
      if (!next) continue;
      if (part.id === "screen" && wasAt && stem(page) === wasAt) {
        // The same question: what was opened stays open, and what was typed stays typed.
        unsent.forEach(([id, value]) => { find(`#${id}`, next).value = value; });
        all("details", part).forEach((details, index) => {
          const twin = all("details", next)[index];
          if (twin) twin.open = details.open;
        });
      }
      part.replaceWith(next);
    }
    const heading = find("h1");
    if (heading && heading.textContent !== title) {
      window.scrollTo(0, 0);
      const start = find("[autofocus]") || find("#main");
      start.focus({ preventScroll: true });
      say([...all("#banners p").map((p) => p.textContent), heading.textContent].join(" "));
    } else {
      const again = focus && document.getElementById(focus);
      if (again) again.focus({ preventScroll: true });
      const told = [...all("#banners p"), ...all("[data-said]")].map((p) => p.textContent);
      const saved = find("#saved");
      say(told.length > 0 ? told.join(" ") : saved ? saved.textContent : "");
    }
    banner("notice", "");
    readClock();
    drawClock();
    isTurning = false;
    const meant = typed;
    typed = [];
    meant.forEach((key) => onKey(key));
  };

  const refresh = async () => {
    if (isSending || queue.length > 0) return;
    try {
      const reply = await ask(location.href, { headers: { "x-part": "1" } });
      if (reply.redirected && new URL(reply.url).pathname !== "/exam") {
        location.assign(reply.url);
        return;
      }
      found();
      const html = await reply.text();
      await atRest();
      if (!isSending && queue.length === 0) swap(html, reply.url);
    } catch {
      lost();
    }
  };

  const send = async () => {
    if (isSending || queue.length === 0) return;
    isSending = true;
    const next = queue[0];
    // The number of the event that it follows: a form that is sent again is done once.
    if (!next.isInDoubt) next.body.set("after", after());
    try {
      next.isInDoubt = true;
      const reply = await ask("/exam", { method: "POST", body: next.body, headers: { "x-part": "1" } });
      if (reply.redirected && new URL(reply.url).pathname !== "/exam") {
        queue.length = 0;
        location.assign(reply.url);
        return;
      }
      const html = await reply.text();
      queue.shift();
      found();
      await atRest();
      isSending = false;
      if (queue.length > 0) {
        const page = new DOMParser().parseFromString(html, "text/html");
        const bar = find("#bar", page);
        if (bar) find("#bar").dataset.after = bar.dataset.after;
        send();
      } else {
        swap(html, reply.url);
      }
    } catch {
      isSending = false;
      lost();
    }
  };

  const enqueue = (form, button) => {
    if (isTurning) return;
    const next = { body: new URLSearchParams(new FormData(form, button)), isInDoubt: false };
    isTurning = !STAYS.test(next.body.get("do"));
    // Words that are highlighted twice are highlighted no more.
    if (form.elements.words) form.elements.words.value = "";
    queue.push(next);
    if (!isLost) mark("saving…", false);
    send();
  };

  // Everything that stands on the page of a question goes with each of its buttons; this one does nothing else.
  const keep = (form) => enqueue(form, find("#keep"));

  const visit = async (address) => {
    if (queue.length > 0) return;
    isTurning = true;
    try {
      const reply = await ask(address, { headers: { "x-part": "1" } });
      found();
      const target = new URL(reply.url);
      if (reply.redirected && target.pathname !== "/exam") {
        location.assign(reply.url);
        return;
      }
      history.replaceState(null, "", address);
      swap(await reply.text(), address);
      const hash = new URL(address, location.href).hash;
      const goal = hash && document.getElementById(hash.slice(1));
      if (goal) {
        goal.scrollIntoView({ block: "start" });
        if (goal.matches("input, textarea")) goal.select();
      }
    } catch {
      isTurning = false;
      lost();
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get") {
      const address = `${new URL(form.action).pathname}?${new URLSearchParams(new FormData(form))}`;
      event.preventDefault();
      visit(address);
      return;
    }
    event.preventDefault();
    enqueue(form, event.submitter);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.classList.contains("skip")) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || to.pathname !== "/exam") return;
    event.preventDefault();
    visit(link.getAttribute("href"));
  });

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (event.target.name === "choice") keep(form);
  });

  // ── Notes are kept while they are typed ───────────────────────────────────────────────────────────────────────────

  let noteTimer = null;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-keeps]")) return;
    clearTimeout(noteTimer);
    noteTimer = setTimeout(() => drafts().slice(0, 1).forEach((draft) => keep(draft.form)), 5000);
  });

  // ── What is selected in the question is highlighted ───────────────────────────────────────────────────────────────

  // The selected characters of the stem; null where there are none.
  const selected = () => {
    const stem = find(".stem");
    const selection = getSelection();
    if (!stem || selection.rangeCount === 0 || !selection.getRangeAt(0).intersectsNode(stem)) return null;
    const whole = document.createRange();
    whole.selectNodeContents(stem);
    const range = selection.getRangeAt(0).cloneRange();
    if (whole.comparePoint(range.startContainer, range.startOffset) < 0) range.setStart(whole.startContainer, whole.startOffset);
    if (whole.comparePoint(range.endContainer, range.endOffset) > 0) range.setEnd(whole.endContainer, whole.endOffset);
    const before = whole.cloneRange();
    before.setEnd(range.startContainer, range.startOffset);
    const text = range.toString();
    // A space that a double click selects with its word is not meant.
    const words = [...text.trim()].length;
    const from = [...before.toString()].length + text.length - text.trimStart().length;
    return words > 0 ? { from, to: from + words } : null;
  };

  // A finger's touch on a button ends the selection before the button is clicked.
  let touched = null;
  document.addEventListener("pointerdown", (event) => {
    touched = event.target.closest("[data-highlights]") ? selected() : null;
  });

  const highlight = (opener) => {
    const passage = selected() || touched;
    touched = null;
    if (!passage) return false;
    const { from, to } = opener.closest("form").elements;
    [from.value, to.value] = [passage.from, passage.to];
    enqueue(from.form, find("button[value=highlight]", from.form));
    [from.value, to.value] = ["", ""];
    return true;
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-highlights]");
    if (opener && highlight(opener)) event.preventDefault();
  });

  // ── Keys ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  let isStriking = false;

  const name = (event) => {
    if (event.key === " ") return "Space";
    return event.key.length === 1 ? event.key.normalize("NFKC").toLowerCase() : event.key;
  };

  const bound = (key) => all("[data-keys]").find((element) => element.dataset.keys.split(" ").includes(key) && !element.disabled);

  const press = (element) => {
    if (element.matches("input[type=radio], input[type=checkbox]")) {
      element.focus();
      if (!(element.type === "radio" && element.checked)) element.click();
    } else if (element.matches("input, textarea")) {
      const details = element.closest("details");
      if (details) details.open = true;
      element.focus();
      element.select();
    } else if (element.matches("[data-highlights]") && highlight(element)) {
      getSelection().removeAllRanges();
    } else if (element.dataset.opens) {
      const details = element.closest("details");
      details.open = true;
      document.getElementById(element.dataset.opens).focus();
    } else {
      element.click();
    }
  };

  const step = (by) => {
    const stops = all("[data-choices] input[name=choice], [data-list] .bubble-row");
    if (stops.length === 0) return false;
    const at = stops.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(Math.max(at + by, 0), stops.length - 1);
    stops[next].focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const isTyping = event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (isTurning && !isTyping) {
      event.preventDefault();
      if (!isLost && !event.repeat) typed.push(name(event));
      return;
    }
    onKey(name(event), event);
  });

  // A key that is pressed now, or was pressed while the page was turned.
  const onKey = (key, event = { target: document.activeElement || document.body, preventDefault: () => {} }) => {
    if (isTurning) {
      typed.push(key);
      return;
    }
    const target = event.target;
    const isTyping = target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (isTyping) {
      if (key === "Escape") {
        target.blur();
        const close = target.closest("section, aside");
        const link = close && find("[data-escape]", close);
        if (link) link.click();
      } else if (key === "F1") {
        event.preventDefault();
        const help = bound("F1");
        if (help) help.click();
      } else if (key === "Enter" && target.matches("[data-keeps]")) {
        event.preventDefault();
        clearTimeout(noteTimer);
        keep(target.form);
      }
      return;
    }
    if (isStriking) {
      isStriking = false;
      banner("striking", "");
      const pointed = find(".choice:focus-within [data-strikes]");
      const strike = key === "x" ? pointed : all("[data-strikes]").find((button) => button.dataset.strikes === key);
      if (strike) {
        event.preventDefault();
        strike.click();
        return;
      }
    }
    const striking = find("[data-striking]");
    if (striking && striking.dataset.striking.split(" ").includes(key)) {
      event.preventDefault();
      isStriking = true;
      banner("striking", striking.textContent, false);
      return;
    }
    if (target.matches("input[name=choice]")) {
      if (key === "ArrowDown" || key === "ArrowUp") {
        event.preventDefault();
        step(key === "ArrowDown" ? 1 : -1);
        return;
      }
      // In practice, Enter checks the answer that was picked.
      if (key === "Enter" && !(target.checked && bound("Enter"))) {
        event.preventDefault();
        press(target);
        return;
      }
      if (key === "Space") return;
    }
    if (target.matches("a[href], button, summary") && (key === "Enter" || key === "Space")) return;
    if ((key === "ArrowDown" || key === "j") && step(1)) {
      event.preventDefault();
      return;
    }
    if ((key === "ArrowUp" || key === "k") && step(-1)) {
      event.preventDefault();
      return;
    }
    const clock = find("#clock");
    if (key === "F2" && clock) {
      event.preventDefault();
      say(`${clock.getAttribute("aria-label")}: ${clock.textContent}`);
      return;
    }
    const element = bound(key);
    if (element) {
      event.preventDefault();
      press(element);
      return;
    }
    const digits = find("[data-digits]");
    if (digits && /^[1-9]$/.test(key)) {
      event.preventDefault();
      digits.closest("details").open = true;
      digits.focus();
      digits.value = key;
    }
  };

  // ── The pulse ─────────────────────────────────────────────────────────────────────────────────────────────────────

  const beat = async () => {
    let wait = BEAT;
    if (queue.length > 0) {
      wait = QUICK;
      await send();
    } else if (!document.hidden || isLost) {
      try {
        const state = await (await ask("/exam/pulse")).json();
        found();
        if (state.after === null) {
          location.assign("/exam");
          return;
        }
        if (queue.length === 0 && !isSending) {
          if (state.after !== after()) {
            await refresh();
          } else {
            mark(state.saved, state.isFailed);
            if (state.left !== null) setClock(state.left);
            if (!state.isSaved) wait = QUICK;
          }
        }
      } catch {
        lost();
        wait = QUICK;
      }
    }
    setTimeout(beat, wait);
  };

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) refresh();
  });
  window.addEventListener("beforeunload", (event) => {
    if (queue.length > 0) event.preventDefault();
  });

  readClock();
  setInterval(drawClock, 250);
  setTimeout(beat, BEAT);
})();
