// Shows what was pushed, opens the page it leads to, and keeps the phone's address fresh.
// Every push shows something, come what may: a browser that is shown nothing takes the right away.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

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
