/* Asks once more before the form inside is sent: <confirm-first data-ask="…">. Without JavaScript the form just goes. */
customElements.define("confirm-first", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", event => { if (!confirm(this.dataset.ask)) event.preventDefault() })
  }
})
