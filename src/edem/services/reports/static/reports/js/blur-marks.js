/* <blur-marks>: rectangles drawn over a photo with a finger or a mouse, written into the form as per cent of its size. */
customElements.define("blur-marks", class extends HTMLElement {
  connectedCallback() {
    this.field = document.querySelector("[name=rectangles]")
    this.field.closest(".field").hidden = true
    this.marks = []
    this.append(this.undo())
    const picture = this.querySelector("img")
    picture.draggable = false
    picture.addEventListener("pointerdown", event => this.begin(event, picture))
    picture.addEventListener("pointermove", event => this.grow(event))
    for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => this.finish())
  }
  at({ clientX, clientY }) {
    const box = this.querySelector("img").getBoundingClientRect()
    const share = (value, from, size) => Math.min(100, Math.max(0, (value - from) / size * 100))
    return [share(clientX, box.left, box.width), share(clientY, box.top, box.height)]
  }
  begin(event, picture) {
    event.preventDefault()
    picture.setPointerCapture(event.pointerId)
    this.from = this.at(event)
    this.mark = this.appendChild(document.createElement("i"))
  }
  grow(event) {
    if (!this.mark) return
    const [x, y] = this.at(event), [a, b] = this.from
    this.box = [Math.min(x, a), Math.min(y, b), Math.abs(x - a), Math.abs(y - b)]
    for (const [at, name] of ["left", "top", "width", "height"].entries()) this.mark.style[name] = `${this.box[at]}%`
  }
  finish() {
    if (!this.mark) return
    if (this.box?.[2] > 1 && this.box[3] > 1) this.marks.push({ mark: this.mark, box: this.box })
    else this.mark.remove()
    this.mark = this.box = null
    this.write()
  }
  undo() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: this.dataset.undo })
    button.dataset.tone = "quiet"
    button.addEventListener("click", () => { this.marks.pop()?.mark.remove(); this.write() })
    return button
  }
  write() { this.field.value = this.marks.map(({ box }) => box.map(part => part.toFixed(2)).join(" ")).join("\n") }
})
