// A part of the service worker. A form that names who filled it in (`by`) is not lost when there is no
// line: it waits here, sealed to the server, and is sent once there is one. Its id goes along, so that
// one that had arrived after all is not saved twice.
(() => {
  const onPhone = async (mode, act) => {
    const db = await new Promise((done, fail) => {
      const request = indexedDB.open("outbox", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("waiting", { keyPath: "key" });
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    try {
      return await new Promise((done, fail) => {
        const change = db.transaction("waiting", mode, { durability: "strict" });
        const asked = act(change.objectStore("waiting"));
        change.oncomplete = () => done(asked.result);
        change.onabort = () => fail(change.error);
      });
    } finally {
      db.close();
    }
  };
  const put = (entry) => onPhone("readwrite", (store) => store.put(entry));
  const forget = (key) => onPhone("readwrite", (store) => store.delete(key));
  const waiting = async () => (await onPhone("readonly", (store) => store.getAll())).sort((a, b) => a.at - b.at);

  // Every open page is told what waits, and shows what is hers.
  const tell = async () => {
    const entries = (await waiting()).map(({ sealed, ...entry }) => entry);
    for (const page of await clients.matchAll({ type: "window" })) page.postMessage({ waiting: entries });
  };

  const bytes = (text) => new TextEncoder().encode(text);
  const base64 = (data) => btoa(Array.from(data, (each) => String.fromCharCode(each)).join(""));
  const seal = async (body, path) => {
    const { subtle } = crypto;
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const theirs = await subtle.importKey("raw", Uint8Array.from(atob(KEY), (each) => each.charCodeAt(0)), curve, false, []);
    const own = await subtle.generateKey(curve, false, ["deriveBits"]);
    const point = new Uint8Array(await subtle.exportKey("raw", own.publicKey));
    const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
    const secret = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt: point, info: bytes("companion form") };
    const key = await subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const lock = { name: "AES-GCM", iv, additionalData: bytes(path) };
    const sealed = new Uint8Array(await subtle.encrypt(lock, key, bytes(body)));
    return base64([...point, ...iv, ...sealed]);
  };

  // In the order in which they were written. One that is refused waits for her to look at it; what
  // somebody else wrote waits until that person is here again.
  const send = async () => {
    const others = new Set();
    for (const entry of await waiting()) {
      const { key, by, path, at, sealed, isRefused } = entry;
      if (isRefused || others.has(by)) continue;
      const body = new URLSearchParams({ sealed, age: Math.max(0, Date.now() - at) });
      const answer = await within(fetch(path, { method: "POST", redirect: "manual", body }));
      if (answer.ok || answer.type === "opaqueredirect") await forget(key);
      else if ([404, 413, 422].includes(answer.status)) await put({ ...entry, isRefused: true });
      else if (answer.status === 409) others.add(by);
      // Signed out, locked, or the server has trouble: all of it later.
      else return;
    }
  };
  // One after another: when the line comes back while a try is about to fail, there is one more.
  let sent = Promise.resolve();
  const flush = () => (sent = sent.then(send, send).catch(() => {}).then(tell));

  const write = async (request, path) => {
    const body = await request.clone().text();
    const fields = new URLSearchParams(body);
    const by = fields.get("by");
    if (!by) return fetch(request);
    const key = fields.get("id") || base64(crypto.getRandomValues(new Uint8Array(12)));
    const isFirst = async () => !(await waiting()).some((each) => each.by === by && !each.isRefused);
    try {
      // What she wrote before goes before.
      if (!(await isFirst())) {
        await within(flush());
        if (!(await isFirst())) throw 0;
      }
      const answer = await within(fetch(request.clone()));
      if (answer.status < 500) {
        if (answer.ok || answer.type === "opaqueredirect") await forget(key);
        return answer;
      }
    } catch {
      // There is no line, or one that hangs.
    }
    await put({ key, by, path, at: Date.now(), sealed: await seal(body, path) });
    registration.sync?.register("outbox").catch(() => {});
    await tell();
    if (request.mode === "navigate") return Response.redirect("/waiting", 303);
    // The conversation shows it in its place.
    const headers = path.endsWith("/messages") ? {} : { "HX-Redirect": "/waiting" };
    return new Response(null, { status: 204, headers });
  };

  addEventListener("sync", (event) => event.waitUntil(flush()));
  addEventListener("push", (event) => event.waitUntil(flush()));
  addEventListener("message", (event) => {
    const { data, source } = event;
    const show = () => onPhone("readonly", (store) => store.get(data.look)).then((entry) => source.postMessage({ entry }));
    event.waitUntil(data.look ? show() : data.drop ? forget(data.drop).then(tell) : flush());
  });
  addEventListener("fetch", (event) => {
    const { request } = event;
    const isForm = /urlencoded/.test(request.headers.get("Content-Type"));
    const { origin, pathname } = new URL(request.url);
    if (request.method === "POST" && isForm && origin === location.origin) event.respondWith(write(request, pathname));
  });
})();
