/* The patient's own pages: small comforts. Everything here also works without it. */
(() => {
  // "None of these" and a tick put each other out.
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "checkbox" || !target.checked) return;
    const part = target.closest("fieldset");
    const none = part?.querySelector("[data-none-of]");
    if (!none) return;
    for (const one of part.querySelectorAll("input[type=checkbox]")) {
      if (one !== target && one.checked && (one === none || target === none)) one.checked = false;
    }
  });

  // What was kept while the page was open has been seen by whoever sends it.
  document.addEventListener("submit", ({ target }) => {
    for (const owner of target.querySelectorAll("[data-field][data-seen]")) {
      const name = `seen.${owner.dataset.field}`;
      let told = target.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`);
      if (!told) {
        told = document.createElement("input");
        told.type = "hidden";
        told.name = name;
        target.append(told);
      }
      told.value = [told.value, owner.dataset.seen].filter(Boolean).join(" ");
    }
  });

  // The page moves to what is wrong, so that a screen reader begins there.
  document.getElementById("errors")?.focus();
})();
