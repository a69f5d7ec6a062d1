/* Shows the chosen pictures and their sizes before they are sent. */
import { number } from "ui/words"

customElements.define("file-preview", class extends HTMLElement {
  connectedCallback() {
    this.list = this.appendChild(document.createElement("ul"))
    this.querySelector("input").addEventListener("change", event => this.show([...event.target.files]))
  }
  show(files) {
    this.list.replaceChildren(...files.map(file => this.row(file)))
  }
  row(file) {
    const row = document.createElement("li")
    if (file.type.startsWith("image/")) {
      const picture = Object.assign(new Image(), { alt: "", src: URL.createObjectURL(file) })
      picture.onload = () => URL.revokeObjectURL(picture.src)
      row.append(picture)
    }
    row.append(`${file.name} · ${number(Math.max(0.1, Math.round(file.size / 104858) / 10))} МБ`)
    return row
  }
})
