// The address stands in the field and can be copied by hand; the button only saves the work.
customElements.define("copy-link", class extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return
    const field = this.querySelector("input"), line = this.querySelector("p[hidden]"), said = this.querySelector("[role=status]")
    line.hidden = false
    line.querySelector("button").addEventListener("click", async (event) => {
      event.preventDefault()
      await navigator.clipboard.writeText(field.value)
      said.textContent = said.dataset.done
    })
  }
})
