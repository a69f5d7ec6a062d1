/* Loads only the islands that the page has. Every one of them improves something that works without it. */
const islands = ["error-summary", "char-counter", "time-left", "live-number", "confirm-first", "form-guard", "similar-hints", "file-preview", "theme-switch"]
for (const name of islands) if (document.querySelector(name)) import(`ui/${name}`)
