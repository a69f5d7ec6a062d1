// Whoever came by «так» or «ні» in a letter has said it: the first thing a person does on the page sends it.
// Mail programs and their guards open links too, some even run scripts, but they touch nothing.
const form = document.querySelector("form[data-said]")
const button = form?.querySelector(`button[value="${form.dataset.said === "no" ? "no" : "yes"}"]`)
const signs = ["pointermove", "pointerdown", "touchstart", "keydown", "wheel"]

function send(event) {
  if (!event.isTrusted || document.visibilityState !== "visible") return
  for (const sign of signs) window.removeEventListener(sign, send)
  // Whoever presses a button or a link does that instead; passing over one is passing.
  const presses = event.type !== "pointermove" && event.type !== "wheel"
  if (!(presses && event.target instanceof Element && event.target.closest("button, a"))) form.requestSubmit(button)
}

if (button) for (const sign of signs) window.addEventListener(sign, send, { passive: true })
