/* The reader's own look: size, face, spacing and colours, kept in this browser for every lesson. */
"use strict";
(function (cp) {
  const NAME = "coursepack:look";
  const CHOICES = { size: ["1", "2", "3", "4", "5"], face: ["serif", "sans"], spacing: ["normal", "wide"], theme: ["auto", "light", "sepia", "dark"] };
  const USUAL = { size: "2", face: "serif", spacing: "normal", theme: "auto" };

  function kept() {
    let found = {};
    try { found = JSON.parse(cp.kept(NAME)) || {}; } catch (problem) { /* not ours */ }
    return Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, values.includes(found[name]) ? found[name] : USUAL[name]]));
  }

  function apply(look) {
    for (const [name, value] of Object.entries(look)) document.documentElement.dataset[name] = value;
  }

  const look = kept();
  apply(look); // before the first page is drawn

  cp.panel = function () {
    const panel = cp.$("#panel");
    if (!panel) return; // a department's own page
    for (const field of cp.all("input", panel)) field.checked = look[field.name] === field.value;
    panel.addEventListener("change", (event) => {
      look[event.target.name] = event.target.value;
      apply(look);
      cp.keep(NAME, JSON.stringify(look));
    });
  };

  /* ← and → turn pages where nothing else wants them. */
  cp.arrows = function (event) {
    const turned = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const wants = event.target.closest && event.target.closest("input, textarea, select, .wide, audio, video, math");
    if (!turned || wants || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = cp.$(`.page.current a[rel="${turned}"]`);
    if (link) link.click();
  };
})(window.coursepack);
