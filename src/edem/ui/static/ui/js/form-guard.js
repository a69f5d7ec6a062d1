/* Keeps what was typed into a long form in this browser's tab until the form is sent; never passwords or files. */
import { say } from "ui/words"

customElements.define("form-guard", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form")
    this.key = `typed:${location.pathname}:${this.dataset.key}`
    this.restore()
    this.form.addEventListener("input", () => this.keep())
    this.form.addEventListener("submit", () => sessionStorage.removeItem(this.key))
  }
  get fields() {
    return [...this.form.elements].filter(field => field.name && !/^(hidden|password|file|submit|button)$/.test(field.type))
  }
  keep() {
    const typed = this.fields.filter(f => !/checkbox|radio/.test(f.type)).map(f => [f.name, f.value])
    sessionStorage.setItem(this.key, JSON.stringify(typed))
  }
  restore() {
    const typed = new Map(JSON.parse(sessionStorage.getItem(this.key) ?? "[]"))
    const empty = this.fields.filter(field => !field.value && typed.get(field.name))
    for (const field of empty) {
      field.value = typed.get(field.name)
      field.dispatchEvent(new Event("input", { bubbles: true }))
    }
    if (empty.length) this.append(Object.assign(document.createElement("p"), { textContent: say("restored"), className: "field-hint" }))
  }
})
