/* Looks whether the phone has answered, so that nobody has to reload the page. Without scripts the page reloads itself. */
customElements.define("mobile-wait", class extends HTMLElement {
  connectedCallback() { this.timer = setInterval(() => this.look(), 2500) }
  disconnectedCallback() { clearInterval(this.timer) }
  async look() {
    if (this.looking) return
    this.looking = true
    try {
      const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" } })
      const { go } = answer.ok ? await answer.json() : {}
      if (go) location.assign(go)
    } catch { /* no network just now: the next look may have it */ }
    this.looking = false
  }
})
