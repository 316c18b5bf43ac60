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
  const options = { body, lang, dir, tag, renotify, icon, silent, badge: icon, navigate, data: navigate };
  const shown = registration.showNotification(title || "•", options)
    .catch(() => registration.showNotification("•"));
  const arrived = () => data && post("/arrivals", { id: data });
  const counted = () => navigator.setAppBadge?.(Number(app_badge) || undefined);
  event.waitUntil(shown.then(() => Promise.allSettled([arrived(), counted()])));
});

addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  const to = new URL(notification.data ?? "/", location.origin);
  if (to.origin !== location.origin) return;
  const open = async () => {
    const [page] = await clients.matchAll({ type: "window" });
    const there = page && (await page.focus().then((front) => front.navigate(to), () => null));
    return there ?? clients.openWindow(to);
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
