/* Light or dark by choice; without a choice the page follows the device. */
const root = document.documentElement
const preferred = matchMedia("(prefers-color-scheme: dark)")

customElements.define("theme-switch", class extends HTMLElement {
  connectedCallback() {
    this.hidden = false
    this.button = this.querySelector("button")
    this.button.addEventListener("click", () => this.choose(this.now === "dark" ? "light" : "dark"))
    preferred.addEventListener("change", () => this.show())
    this.show()
  }
  get now() { return root.dataset.theme ?? (preferred.matches ? "dark" : "light") }
  choose(theme) {
    root.dataset.theme = theme
    try { localStorage.setItem("theme", theme) } catch { /* it lasts for this page */ }
    this.show()
  }
  show() { this.button.dataset.now = this.now }
})
