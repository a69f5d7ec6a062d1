/* While one types, shows what is already there: fetches an HTML fragment of ours and puts it in place. */
customElements.define("similar-hints", class extends HTMLElement {
  connectedCallback() {
    if (this.field) return // it has moved itself
    this.field = this.closest("form").elements[this.dataset.field]
    this.field.closest(".field")?.after(this) // under what is being typed
    this.setAttribute("aria-live", "polite")
    this.field.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.ask(), 350) })
  }
  disconnectedCallback() { clearTimeout(this.timer); this.asked?.abort() }
  async ask() {
    const text = this.field.value.trim()
    this.asked?.abort()
    if (text.length < 3) return this.replaceChildren()
    this.asked = new AbortController()
    const address = new URL(this.dataset.url, location.href)
    address.searchParams.set("q", text)
    try {
      const answer = await fetch(address, { signal: this.asked.signal })
      if (answer.ok) this.innerHTML = await answer.text()
    } catch { /* hints are a favour: without them the form works the same */ }
  }
})
