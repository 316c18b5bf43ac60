// The conversation: every message finds its place by its number, sending says how it went, and the
// line is watched. Without this script the same page is read and written with links and forms.
(() => {
  const talk = document.getElementById("talk");
  const fresh = document.getElementById("fresh");
  if (!talk || !window.htmx) return; // a browser too old for htmx
  const number = (item) => Number(item.id.slice(1)) || 0;
  const messages = () => [...talk.children].filter(number);
  const atEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 160;
  const toEnd = () => scrollTo(0, document.documentElement.scrollHeight);

  // An answer that was long on its way must not bring back what has changed since.
  const renew = (there, item) => {
    if (Number(there.dataset.changed) > Number(item.dataset.changed)) return;
    const hadFocus = there.contains(document.activeElement);
    there.replaceWith(item);
    if (hadFocus) item.querySelector(".acts").focus();
  };

  // None twice and in order, whichever way it came. News of a message that is not on this page
  // (it is older) waits until it is asked for.
  const place = (item, isOlder) => {
    const there = document.getElementById(item.id);
    if (there) return renew(there, item);
    const shown = messages();
    if (!isOlder && shown.length && number(item) < number(shown[0])) return;
    talk.insertBefore(item, shown.find((other) => number(other) > number(item)) ?? null);
    if (!isOlder && fresh) fresh.hidden = atEnd();
  };
  // The sheet of one message closes where it stands, or when what was asked for is done, and the
  // focus goes back to the message.
  let opened = "";
  const goBack = () => document.querySelector(`#${opened} .acts`)?.focus();
  htmx.registerExtension("talk", {
    htmx_after_swap: (_, { ctx }) => {
      const id = ctx.target?.id ?? ctx.target;
      if (/write$/.test(id)) document.getElementById("text")?.focus();
      if (/acts$/.test(id) && opened && document.querySelector("#acts:empty")) goBack();
    },
    handle_swap: (style, target, fragment) => {
      if (!["talk", "older", "fresh"].includes(style)) return false;
      const items = [...fragment.children].filter((item) => item.matches("li") && number(item));
      const [first, wasAtEnd] = [messages()[0], atEnd()];
      const top = first?.getBoundingClientRect().top;
      const isNew = items.some((item) => !item.matches(".mine") && !document.getElementById(item.id));
      // The newest page anew: what was above it may have changed, and is asked for again.
      if (style === "fresh") talk.textContent = "";
      if (style === "fresh") talk.append(...items);
      else items.forEach((item) => place(item, style === "older"));
      items.forEach(offerTranslation);
      if (isNew && style === "talk") sayRead();
      if (style === "older") scrollBy(0, first ? first.getBoundingClientRect().top - top : 0);
      else if (wasAtEnd) toEnd();
      return items;
    },
  });

  // What came while she looks at it is read; nobody but she is told. A line may be dead without
  // the other side knowing, so the page says so itself, once for all that came together.
  let reading;
  const sayRead = () => {
    clearTimeout(reading);
    reading = setTimeout(() => {
      const last = messages().pop();
      if (!last) return;
      const body = new URLSearchParams({ number: number(last) });
      // If it does not get through, the next one says it too.
      if (!document.hidden) fetch("reads", { method: "POST", body, keepalive: true }).catch(() => {});
    }, 1000 + 2000 * Math.random());
  };

  // Without a line it waits on the phone. It stands here at once, and the next one has an id of its own:
  // every browser makes one for the address of anything.
  const showWaiting = (text) => {
    const item = Object.assign(document.createElement("li"), { className: "said mine waits" });
    const note = Object.assign(document.createElement("small"), { textContent: document.getElementById("sending").dataset.waits });
    const said = Object.assign(document.createElement("p"), { textContent: text, dir: "auto" });
    item.append(note, said);
    talk.append(item);
    document.getElementById("message-id").value = URL.createObjectURL(new Blob()).slice(-36);
  };
  // What was sent meanwhile comes as every message comes: it need not be shown as waiting too.
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    const isOver = data.waiting && !data.waiting.some(({ path }) => location.pathname.startsWith(path.replace("messages", "")));
    if (isOver) talk.querySelectorAll(".waits").forEach((item) => item.remove());
  });

  // Sending
  const status = (what) => {
    const place = document.getElementById("sending");
    if (place) place.textContent = place.dataset[what] ?? "";
  };
  const isWriting = (form) => form?.matches?.("#write form");
  let sending = "";
  document.addEventListener("htmx-before-request", ({ target }) => {
    if (!isWriting(target)) return;
    sending = document.getElementById("text").value;
    status("sending");
  });
  document.addEventListener("htmx-before-swap", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceElement === talk && ctx.response?.status >= 400) event.preventDefault();
    // What went wrong on the way must not take the page, and what she wrote, away.
    const calm = [200, 401, 422].includes(ctx.response?.status);
    if (isWriting(ctx.sourceElement) && !calm) event.preventDefault();
  });
  document.addEventListener("htmx-finally-request", ({ target, detail }) => {
    if (!isWriting(target)) return;
    const { status: answered } = detail.ctx.response ?? {};
    if (answered === 204) showWaiting(sending);
    const isSent = answered === 200 || answered === 204;
    const [text, button] = [document.getElementById("text"), target.querySelector("button")];
    button.dataset.send = button.dataset.send ?? button.textContent;
    button.textContent = isSent ? button.dataset.send : button.dataset.again;
    status(answered === 204 ? "waits" : isSent ? "sent" : "failed");
    if (!isSent) return;
    if (text.value === sending) text.value = "";
    document.querySelectorAll("#write [name=reply_to], #write .quote").forEach((old) => old.remove());
    toEnd();
  });
  document.addEventListener("click", (event) => {
    opened = event.target.closest(".said .acts")?.parentNode.id ?? opened;
    if (!event.target.closest("#acts .close")) return;
    event.preventDefault();
    document.getElementById("acts").textContent = "";
    document.getElementById("acts").className = "";
    goBack();
  });

  // What a message answers to may stand on this page; if not, the link leads to it.
  talk.addEventListener("click", (event) => {
    const quote = event.target.closest("a.quote");
    const there = quote && document.getElementById(`n${quote.pathname.split("/").pop()}`);
    if (!there) return;
    event.preventDefault();
    there.scrollIntoView({ block: "center" });
  });

  // The line
  const isPoor = "poor" in document.documentElement.dataset || matchMedia("(prefers-reduced-data: reduce)").matches;
  let [heard, connection, isStopped] = [Date.now(), null, false];
  // htmx would say that it asks for the body: what we want is the list.
  const poll = () =>
    htmx.ajax("GET", "chat", { target: "#talk", swap: "fresh", headers: { "HX-Target": "ol#talk" } });
  const live = () => isPoor || talk.dispatchEvent(new Event("live"));
  const later = () => setTimeout(live, 2000 + 3000 * Math.random());
  const gone = (status) => {
    const isGone = [401, 403, 404].includes(status);
    // The phone is locked: what is half written waits for her under the lock.
    isStopped = isStopped || (status === 401 && !!document.getElementById("text")?.value);
    if (isGone && !isStopped) location.reload();
    return isGone;
  };
  talk.addEventListener("htmx-sse-before-connection", ({ detail }) => {
    connection = detail.connection;
    connection.cancelled = isStopped;
  });
  talk.addEventListener("htmx-sse-before-message", () => (heard = Date.now()));
  talk.addEventListener("hello", () => fresh && (fresh.hidden = true));
  talk.addEventListener("over", () => location.reload());
  talk.addEventListener("stale", () => (document.getElementById("text")?.value ? poll() : location.reload()));
  talk.addEventListener("elsewhere", () => {
    isStopped = true;
    if (fresh) fresh.hidden = false;
  });
  talk.addEventListener("htmx-sse-error", ({ detail }) => {
    if (fresh) fresh.hidden = false;
    gone(detail.status);
  });
  talk.addEventListener("htmx-response-error", ({ target, detail }) => {
    if (target === talk && !gone(detail.ctx.response.status)) later();
  });
  talk.addEventListener("htmx-error", ({ target }) => target === talk && later());
  addEventListener("online", () => {
    connection?.delayCanceller?.();
    connection?.reader?.cancel();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    sayRead();
    if (isPoor) poll();
    if (isStopped) {
      isStopped = false;
      live();
    }
  });
  // Nothing for so long, not even a sign of life: the line is dead and nobody has told us.
  setInterval(() => {
    if (Date.now() - heard < 45_000) return;
    heard = Date.now();
    connection?.reader?.cancel();
  }, 5_000);
  fresh?.addEventListener("click", (event) => {
    event.preventDefault();
    poll();
    toEnd();
    fresh.hidden = !isPoor;
  });

  // Another language, on this phone alone: nothing that was said leaves it.
  const offerTranslation = async (item) => {
    if (!("Translator" in self)) return;
    for (const text of item.querySelectorAll("p[lang]:not(.other)")) {
      const pair = { sourceLanguage: text.lang, targetLanguage: talk.dataset.language };
      if ((await Translator.availability(pair)) === "unavailable") continue;
      const button = Object.assign(document.createElement("button"), {
        type: "button",
        className: "translate",
        textContent: talk.dataset.translate,
      });
      button.addEventListener("click", async () => {
        button.disabled = true;
        const translator = await Translator.create(pair);
        const said = Object.assign(document.createElement("p"), { className: "other", dir: "auto" });
        said.lang = pair.targetLanguage;
        said.textContent = await translator.translate(text.textContent);
        button.replaceWith(said);
      });
      text.after(button);
    }
  };

  // htmx may have gone through the page before its extension and this script came: once more.
  const begin = () => {
    htmx.process(talk, true);
    messages().forEach(offerTranslation);
    live();
    if (!location.hash) document.getElementById("here")?.scrollIntoView();
  };
  // On a page that was kept for reading without a line, this script comes later.
  if (document.readyState === "complete") begin();
  else document.addEventListener("DOMContentLoaded", () => setTimeout(begin));
})();
