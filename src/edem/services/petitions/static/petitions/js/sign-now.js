/* Signs without leaving the page's form: one request to the intake. Whatever it cannot settle, the plain form does. */
customElements.define("sign-now", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form")
    this.form.addEventListener("submit", event => this.sign(event))
  }
  async sign(event) {
    if (this.done || !this.form.elements.agree.checked) return
    event.preventDefault()
    this.done = true // a second press while the first is under way sends the plain form, which is safe: one signs once
    try {
      const answer = await fetch(this.dataset.act, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ petition: Number(this.dataset.petition), agree: true, follow: this.form.elements.follow.checked }),
      })
      if (answer.ok) return location.assign(this.dataset.thanks)
      if (answer.status === 503) return this.tell((await answer.json()).message) // the database is away, full or busy
    } catch { /* no network just now: the browser's own form says so better than we could */ }
    this.form.submit()
  }
  tell(sentence) {
    this.done = false // the button stays: the same person presses it again
    this.note ??= this.form.insertAdjacentElement("beforebegin", document.createElement("p"))
    Object.assign(this.note, { className: "notice", role: "alert", textContent: sentence })
    this.note.dataset.tone = "warning"
  }
})
