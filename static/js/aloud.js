// Read aloud by the phone's own voice: offered only where it has one for the language of the text.
(() => {
  const speech = window.speechSynthesis;
  if (!speech) return;
  const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0];
  const labels = document.currentScript.dataset;
  const say = (button, text, voice) => {
    const wasThis = button.isSpeaking;
    speech.cancel();
    if (wasThis) return;
    const words = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang });
    const show = (isOn) => {
      button.isSpeaking = isOn;
      button.textContent = isOn ? labels.stop : labels.aloud;
    };
    words.onend = words.onerror = () => show(false);
    show(true);
    speech.speak(words);
  };
  const offer = () => document.querySelectorAll("article, .signs li").forEach((part) => {
    const { lang } = part.closest("[lang]");
    const voice = speech.getVoices().find((each) => primary(each.lang) === primary(lang));
    if (!voice || part.querySelector(".aloud, audio")) return;
    const text = part.textContent;
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "aloud", textContent: labels.aloud, lang: document.documentElement.lang,
    });
    button.addEventListener("click", () => say(button, text, voice));
    part.append(" ", button);
  });
  speech.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => speech.cancel());
  offer();
})();
