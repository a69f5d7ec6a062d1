/* A form came back with errors: take the reader to the list of them, and from each line into its field. */
customElements.define("error-summary", class extends HTMLElement {
  connectedCallback() {
    this.focus()
    this.addEventListener("click", event => {
      const field = document.getElementById(event.target.closest?.("a")?.hash.slice(1))
      if (!field) return
      event.preventDefault()
      field.closest(".field")?.scrollIntoView({ block: "center" })
      field.focus({ preventScroll: true })
    })
  }
})
