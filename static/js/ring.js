// Whether this phone rings. On every visit a phone that rings says so again, and sets right what was
// lost meanwhile; on the page of reminders, the coach shows how it stands. Permission is asked for
// in a tap and nowhere else.
(() => {
  const coach = document.getElementById("coach");
  const { ring = "no" } = document.documentElement.dataset;
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const ofApple = coach?.dataset.platform === "ios" || (/Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1);

  const show = (state) => coach?.querySelectorAll("[data-when]").forEach((part) => {
    part.hidden = part.dataset.when !== state;
  });

  // Without a line, subscribing never comes to an end.
  const soon = (work) => Promise.race([work, new Promise((_, fail) => setTimeout(fail, 10_000))]);

  const say = async (fields) => {
    const answer = await fetch("/phones", { method: "POST", body: new URLSearchParams(fields) });
    if (!answer.ok) throw Object.assign(new Error(), { status: answer.status });
    return answer.json();
  };

  const tell = (phone, key, more) => {
    const { endpoint, keys } = phone.toJSON();
    return say({ endpoint, ...keys, key, ...more });
  };

  const keyOf = ({ options }) => btoa(String.fromCharCode(...new Uint8Array(options.applicationServerKey)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

  const subscribe = async (key) => {
    const there = await navigator.serviceWorker.register("/service-worker.js");
    await soon(navigator.serviceWorker.ready);
    await (await there.pushManager.getSubscription())?.unsubscribe();
    const fresh = await soon(there.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
    try {
      return (await tell(fresh, key, { new: "yes" })).rings;
    } catch (problem) {
      await fresh.unsubscribe();
      throw problem;
    }
  };

  const confirm = async () => {
    const there = await navigator.serviceWorker.getRegistration("/");
    const phone = await there?.pushManager.getSubscription();
    const { rings, key } = phone ? await tell(phone, keyOf(phone)) : await say({});
    if (rings) return true;
    return subscribe(key).catch((problem) => {
      if (problem?.status) throw problem;
      return false; // its push service gave no address
    });
  };

  // We do not ring through its push service; or we did not answer, and the next visit asks again.
  const stateOf = (problem) => (problem?.status === 422 ? "unsupported" : "failed");

  const look = async () => {
    if (ofApple && !navigator.standalone) return show("install");
    if (!can) return show("unsupported");
    const { permission } = Notification;
    if (permission !== "granted" || ring === "no") {
      show(permission === "denied" ? "denied" : "default");
      return ring === "yes" && say({});
    }
    if (!coach && ring === "yes" && sessionStorage.getItem("rings")) return null;
    const state = await confirm().then((rings) => (rings ? "rings" : "lost"), stateOf);
    if (state === "rings") sessionStorage.setItem("rings", "yes");
    return show(state);
  };

  const ask = async () => {
    const permission = await Notification.requestPermission();
    if (permission !== "granted") return show(permission);
    const state = await subscribe(coach.dataset.key).then((rings) => (rings ? "rings" : "failed"), stateOf);
    return state === "rings" ? location.reload() : show(state);
  };

  coach?.querySelectorAll("[data-ask]").forEach((button) => button.addEventListener("click", async () => {
    button.disabled = true;
    await ask();
    button.disabled = false;
    if (button.closest("[hidden]")) coach.focus({ preventScroll: true });
  }));

  // A tap on a notification opens its page here; what is half written is not taken away for it.
  const isWritten = (field) => field.type !== "hidden" && field.value !== field.defaultValue;
  navigator.serviceWorker?.addEventListener("message", ({ data, ports }) => {
    ports[0].postMessage("heard");
    if (![...document.querySelectorAll("input, textarea")].some(isWritten)) location.assign(data);
  });

  if (ring !== "no") navigator.clearAppBadge?.().catch(() => null);
  look();
})();
