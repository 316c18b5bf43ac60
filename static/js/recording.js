// Recording in the browser: start, stop, listen, save. Without it, the same form takes a file.
(() => {
  const kind = window.MediaRecorder && navigator.mediaDevices &&
    ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"].find((each) => MediaRecorder.isTypeSupported(each));
  if (!kind) return;
  let stopCurrent = () => null;

  const record = async (onPart) => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 20_000 });
    recorder.addEventListener("dataavailable", ({ data }) => onPart(data));
    recorder.addEventListener("stop", () => stream.getTracks().forEach((track) => track.stop()));
    recorder.start(1000);
    return recorder;
  };

  document.querySelectorAll("form.recorder").forEach((form) => {
    const [live, start, stop, clock, said, sound, file, save] =
      ["[data-live]", "[data-start]", "[data-stop]", "[data-clock]", "[data-said]", "audio", "[type=file]", ".button:not([type])"]
        .map((what) => form.querySelector(what));
    const tell = (what) => (said.textContent = form.dataset[what] ?? what);
    const [seconds, bytes] = [Number(form.dataset.seconds), Number(form.dataset.bytes)];
    let made = null;
    live.hidden = false;
    file.removeAttribute("capture"); // there is a recorder here: a file may be an older one

    const show = (isRecording) => {
      [start.hidden, stop.hidden, save.disabled] = [isRecording, !isRecording, isRecording];
      sound.hidden = isRecording || !made;
      (isRecording ? stop : start).focus();
    };

    start.addEventListener("click", async () => {
      stopCurrent();
      start.disabled = true;
      const [parts, begun] = [[], Date.now()];
      let [size, recorder] = [0, null];
      try {
        recorder = await record((part) => {
          parts.push(part);
          size += part.size;
          // Some phones record in more bytes than they were asked to.
          if (size > bytes * 0.97) stopCurrent();
        });
      } catch {
        return tell("refused");
      } finally {
        start.disabled = false;
      }
      const ticking = setInterval(() => {
        const gone = Math.floor((Date.now() - begun) / 1000);
        clock.textContent = `${Math.min(gone, seconds)} / ${seconds}`;
        if (gone >= seconds) stopCurrent();
      }, 200);
      stopCurrent = () => recorder.state !== "inactive" && recorder.stop();
      recorder.addEventListener("stop", () => {
        clearInterval(ticking);
        made = new Blob(parts, { type: kind });
        URL.revokeObjectURL(sound.src);
        sound.src = URL.createObjectURL(made);
        file.value = "";
        show(false);
        tell("recorded");
      });
      show(true);
      tell("recording");
    });
    stop.addEventListener("click", () => stopCurrent());
    file.addEventListener("change", () => {
      made = null;
      sound.hidden = true;
    });

    // What was recorded is in this page alone: it stays until it is saved.
    form.addEventListener("submit", async (event) => {
      if (!made) return;
      event.preventDefault();
      save.disabled = true;
      tell("saving");
      const body = new FormData(form);
      body.set("sound", made, "recording");
      try {
        const answer = await fetch(form.action, { method: "POST", body });
        if (answer.redirected && answer.ok) return location.assign(answer.url);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        tell(answer.status === 422 ? page.querySelector("p.wrong").textContent : "failed");
      } catch {
        tell("failed");
      }
      save.disabled = false;
    });
  });
})();
