// Shows what was pushed, opens the page it leads to, keeps the phone's address fresh; and keeps the
// card "Who to call" for when there is no line. It takes over at once, and no page is loaded anew.
// What it says in comments like these does not travel.

// A line that hangs is no line: what is awaited fails then.
const LATE = 15e3;
const within = (line, time = LATE) => Promise.race([line, new Promise((_, fail) => setTimeout(fail, time))]);

importScripts("/outbox.js");
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  // The page is asked for while this worker starts: on a slow phone she would wait for both.
  registration.navigationPreload?.enable();
  event.waitUntil(clients.claim());
});

// What is kept lies in one cache, named after who is signed in: nobody else's is ever shown. Each page
// says whose it is; what is kept is then looked at, mostly once a day.
const DAY = 864e5;

const look = async ({ owner, lang, isDue, isPoor }) => {
  if (!lang) return;
  for (const name of await caches.keys()) if (name !== owner) await caches.delete(name);
  if (!owner) return;
  const kept = await caches.open(owner);
  const before = (await (await kept.match("/kept"))?.json()) ?? {};
  if (!isDue && before.lang === lang && Math.abs(Date.now() - before.at) < DAY) return;
  const answer = await fetch("/kept");
  if (answer.status === 401) await caches.delete(owner);
  if (!answer.ok) return;
  const wanted = await answer.json();
  // If the line breaks from here on, the next page tries again.
  await kept.delete("/kept");
  for (const address in wanted) {
    const version = wanted[address];
    if ((await kept.match(address)) && (before[address] ?? "") === version) continue;
    // Where every byte counts, files come only if the browser has them anyway.
    const isSpared = isPoor && !version;
    const cache = isSpared ? "only-if-cached" : "default";
    const request = new Request(address, { cache, mode: "same-origin", redirect: "error" });
    await kept.add(request).catch((problem) => isSpared || Promise.reject(problem));
  }
  for (const { url } of await kept.keys()) if (!(new URL(url).pathname in wanted)) await kept.delete(url);
  await kept.put("/kept", new Response(JSON.stringify({ ...wanted, lang, at: Date.now() })));
};

addEventListener("message", (event) => event.waitUntil(look(event.data)));

const page = async ({ request, preloadResponse }, path) => {
  const kept = await caches.match(path);
  const standIn = kept ?? (await caches.match("/waiting"));
  const line = (async () => (await preloadResponse) ?? fetch(request))();
  try {
    // Where there is nothing to show instead, even that one is waited for.
    const answer = await (standIn ? within(line, kept ? 5000 : LATE) : line);
    return kept && answer.status > 499 ? kept : answer;
  } catch {
    return standIn ?? Response.error();
  }
};

// Safari plays nothing that does not come in parts (RFC 9110, 14).
const part = async (kept, from, to) => {
  const sound = await kept.blob();
  const { size, type } = sound;
  const start = from ? Number(from) : Math.max(size - to, 0);
  const end = from && to ? Math.min(Number(to) + 1, size) : size;
  const headers = { "Content-Type": type, "Content-Range": `bytes ${start}-${end - 1}/${size}` };
  return new Response(sound.slice(start, end), { status: 206, headers });
};

const file = async (request) => {
  const kept = await caches.match(request, { ignoreVary: true });
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("Range")) ?? [];
  return kept && (from || to) ? part(kept, from, to) : kept ?? fetch(request);
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event, path));
  else if (/^\/(static|recordings|call)\//.test(path)) event.respondWith(file(request));
});

// Ringing. Every push shows something, come what may: a browser that is shown nothing takes the
// right away.
const post = (path, fields) => fetch(path, { method: "POST", body: new URLSearchParams(fields) });

// Safari hands over the notification itself (Declarative Web Push), the others what was sent.
const read = (event) => {
  try {
    return event.notification ?? event.data.json().notification ?? {};
  } catch {
    return {};
  }
};

addEventListener("push", (event) => {
  const said = read(event);
  const { title, body, lang, dir, tag, icon, silent, data, navigate, app_badge = event.appBadge } = said;
  // One that takes the place of an earlier one rings again.
  const renotify = !!tag && !silent;
  const options = { body, lang, dir, tag, renotify, icon, silent, navigate, data: navigate };
  const shown = registration.showNotification(title || "•", options)
    .catch(() => registration.showNotification("•"));
  const arrived = () => data && post("/arrivals", { id: data });
  const counted = () => navigator.setAppBadge?.(Number(app_badge) || undefined);
  event.waitUntil(shown.then(() => Promise.allSettled([arrived(), counted()])));
});

// A page that is open goes there itself, unless something is half written in it.
const ask = (page, to) => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(true);
  setTimeout(done, 1000, false);
  page.postMessage(to.href, [port2]);
});

addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  const to = new URL(notification.data ?? "/", location.origin);
  if (to.origin !== location.origin) return;
  const open = async () => {
    const [page] = await clients.matchAll({ type: "window" });
    const front = page && (await page.focus().catch(() => null));
    if (!front) return clients.openWindow(to);
    return (await ask(front, to)) || front.navigate(to);
  };
  event.waitUntil(open());
});

addEventListener("pushsubscriptionchange", (event) => {
  const renew = async () => {
    const { key } = await (await post("/phones", {})).json();
    const options = { userVisibleOnly: true, applicationServerKey: key };
    const fresh = event.newSubscription ?? (await registration.pushManager.subscribe(options));
    const { endpoint, keys } = fresh.toJSON();
    await post("/phones", { endpoint, ...keys, key, new: "yes" });
  };
  event.waitUntil(renew());
});
