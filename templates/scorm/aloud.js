/* A page read aloud by a voice of the device, where it has one for the language: sentence by sentence, each marked. */
"use strict";
(function (cp) {
  const { $ } = cp;
  const SHORT = /(^|[\s(])(\p{N}+|\p{L}{1,2})\.\s*$/u; // «Lecture 2.», an initial, «т. е.»: no end of a sentence
  const SKIP = /^[\s\p{P}\p{S}]*$/u; // nothing to say

  class Aloud {
    constructor(reader, bar) {
      this.reader = reader;
      this.bar = bar;
      this.speech = window.speechSynthesis;
      this.sentences = [];
      this.turn = 0; // an answer of the engine to what was stopped meanwhile is nobody's
      this.language = document.documentElement.lang;
      this.look();
      this.speech.addEventListener("voiceschanged", () => this.look()); // voices come late
      document.addEventListener("coursepack:page", () => this.stop());
      window.addEventListener("pagehide", () => this.stop());
      $("[data-aloud-pause]").addEventListener("click", () => this.pause());
      $("[data-aloud-stop]").addEventListener("click", () => this.stop());
    }

    look() {
      const voices = cp.voices(this.language);
      this.voice = voices.find(({ localService }) => localService) || voices[0];
      for (const page of document.querySelectorAll(".page")) {
        const there = page.querySelector("[data-aloud]");
        if (there) there.hidden = !this.voice;
        else if (this.voice) this.button(page);
      }
    }

    button(page) {
      let row = page.querySelector("header .own");
      if (!row) {
        row = cp.element("p", "", { class: "tools own" });
        page.querySelector("header").append(row);
      }
      const button = cp.element("button", this.reader.say("readAloud"), { type: "button", class: "plain", "data-aloud": "" });
      button.addEventListener("click", () => this.start());
      row.append(button);
    }

    /* From the first sentence that is on the screen. */
    start() {
      this.stop();
      this.passages = new cp.Passages(this.reader.page);
      this.sentences = [...this.parted(this.passages.text)];
      const top = $(".bar").getBoundingClientRect().bottom;
      const first = window.scrollY < 40 ? 0
        : this.sentences.findIndex(([start, end]) => this.passages.range(start, end).getBoundingClientRect().bottom > top);
      this.bar.hidden = false;
      this.paused(false);
      $("[data-aloud-pause]").focus();
      this.say(Math.max(0, first));
    }

    * parted(text) {
      const segmenter = window.Intl && Intl.Segmenter && new Intl.Segmenter(this.language, { granularity: "sentence" });
      let at = 0;
      for (const line of text.split("\n")) {
        let from = 0;
        for (const { index, segment } of segmenter ? segmenter.segment(line) : [{ index: 0, segment: line }]) {
          const to = index + segment.length, piece = line.slice(from, to);
          if (SHORT.test(piece) && to < line.length) continue;
          if (!SKIP.test(piece)) yield [at + from, at + from + piece.trimEnd().length];
          from = to;
        }
        at += line.length + 1;
      }
    }

    say(number) {
      if (number >= this.sentences.length) {
        this.stop();
        return;
      }
      this.number = number;
      const turn = this.turn, [start, end] = this.sentences[number], range = this.passages.range(start, end);
      const spoken = new SpeechSynthesisUtterance(this.passages.text.slice(start, end));
      spoken.voice = this.voice;
      spoken.lang = this.voice.lang;
      spoken.addEventListener("end", () => { if (turn === this.turn) this.say(number + 1); });
      spoken.addEventListener("error", () => { if (turn === this.turn) this.stop(); });
      cp.paint("aloud", [range]);
      const box = range.getBoundingClientRect();
      if (box.top < 80 || box.bottom > window.innerHeight - 80) cp.bring(range);
      this.speech.speak(spoken);
    }

    /* Some engines cannot pause: what was begun is begun again. */
    pause() {
      if (this.isPaused) {
        this.paused(false);
        this.say(this.number);
      } else {
        this.turn += 1;
        this.speech.cancel();
        this.paused(true);
      }
    }

    paused(is) {
      this.isPaused = is;
      $("[data-aloud-pause]").textContent = this.reader.say(is ? "goOn" : "pause");
    }

    stop() {
      this.turn += 1;
      this.speech.cancel();
      const inside = this.bar.contains(document.activeElement);
      this.bar.hidden = true;
      cp.paint("aloud", []);
      const button = inside && this.reader.page.querySelector("[data-aloud]");
      if (button) button.focus({ preventScroll: true });
    }
  }

  cp.Aloud = Aloud;
})(window.coursepack);
