/* The text of a page as one string, and passages of it: for the search, for notes, for reading aloud. A passage is
   drawn by the engine (CSS Custom Highlight API) and changes nothing in the page. */
"use strict";
(function (cp) {
  const BLOCKS = "p, li, tr, td, th, h2, h3, h4, h5, h6, figcaption, caption, pre, blockquote, dt, dd, summary, div, article";
  // What the page says of itself, and what is answered: no text of the course.
  const APART = "button, select, textarea, script, style, annotation, dialog, [popover], nav, .mark, .verdict, .kept, .key, .feedback,"
    + " .model, .rating, .tools, .score, .quiet, .letter, .passage, .cards, .check > .label";

  cp.Passages = class {
    constructor(page) {
      this.nodes = [];
      this.starts = [];
      const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
      let text = "", block = null;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (parent.closest(APART)) continue;
        const own = parent.closest(BLOCKS);
        if (own !== block && text) text += "\n"; // paragraphs do not run into one another
        block = own;
        this.nodes.push(node);
        this.starts.push(text.length);
        text += node.data;
      }
      this.text = text;
    }

    range(start, end) {
      const range = document.createRange();
      const [first, from] = this.at(start, false), [last, to] = this.at(end, true);
      range.setStart(first, from);
      range.setEnd(last, to);
      return range;
    }

    /* The text node and the place in it. */
    at(offset, ends) {
      let low = 0, high = this.starts.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (this.starts[middle] < offset + (ends ? 0 : 1)) low = middle;
        else high = middle - 1;
      }
      const node = this.nodes[low];
      return [node, Math.max(0, Math.min(offset - this.starts[low], node.length))];
    }

    /* Where the page's text stands at a place in the document: that of the first text at or after it. */
    offset(container, at) {
      const here = document.createRange();
      here.setStart(container, at);
      let index = this.nodes.indexOf(container);
      if (index >= 0) return this.starts[index] + at;
      index = this.nodes.findIndex((node) => here.comparePoint(node, 0) >= 0);
      return index < 0 ? this.text.length : this.starts[index];
    }

    /* The text without blanks, and where each letter of it stands: a passage is found however its blanks are set. */
    dense() {
      let letters = "";
      const places = [];
      for (let i = 0; i < this.text.length; i += 1) {
        if (!/\s/.test(this.text[i])) {
          letters += this.text[i];
          places.push(i);
        }
      }
      return { letters, places };
    }

    /* [start, end] of a text on the page, or null. */
    find(text) {
      const wanted = text.replace(/\s+/g, ""), { letters, places } = this.dense();
      const found = wanted ? letters.indexOf(wanted) : -1;
      return found < 0 ? null : [places[found], places[found + wanted.length - 1] + 1];
    }
  };

  /* Draws passages under a name of the style sheet; those drawn before under it go. */
  cp.paint = function (name, ranges) {
    if (!window.CSS || !CSS.highlights) return; // an older browser goes to a passage and does not colour it
    if (ranges.length) CSS.highlights.set(name, new window.Highlight(...ranges));
    else CSS.highlights.delete(name);
  };

  cp.bring = function (range) {
    const box = range.getBoundingClientRect();
    window.scrollTo(0, Math.max(0, window.scrollY + box.top - window.innerHeight / 5));
  };

  cp.element = function (tag, text, attributes) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    return made;
  };

  /* A script that is not needed before it is used; where it does not come it may be asked for again. */
  cp.script = function (name) {
    return new Promise((come, fail) => {
      const script = cp.element("script", "", { src: `../shared/${name}` });
      script.addEventListener("load", come);
      script.addEventListener("error", () => {
        script.remove();
        fail();
      });
      document.head.append(script);
    });
  };

  cp.tools = cp.tools || []; // called with the reader once it stands
})(window.coursepack);
