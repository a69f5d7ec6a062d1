/* Says how many characters are left, aloud only when few are. The limit counts as the server does: by code points. */
import { count } from "ui/words"

customElements.define("char-counter", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea, input")
    this.words = this.querySelector(".field-hint")
    this.field.removeAttribute("maxlength") // a long text pasted must not be cut without a word
    this.field.addEventListener("input", () => this.tell())
    if (this.field.value) this.tell()
  }
  tell() {
    const left = this.dataset.limit - [...this.field.value.replace(/\r?\n/g, "\r\n")].length
    this.words.textContent = count(left < 0 ? "over" : "left", Math.abs(left))
    this.words.toggleAttribute("data-over", left < 0)
    this.words.setAttribute("aria-live", left < 50 ? "polite" : "off")
  }
})
