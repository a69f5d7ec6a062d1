/* Offers the map under the address of a form; it is fetched when it is opened. Without scripts the address is enough. */
const template = document.getElementById("pin")
const address = document.querySelector("#main form:has([name=lat]) [name=place]")
if (template && address) {
  address.closest(".field").after(template.content.cloneNode(true))
  const details = address.form.querySelector("details:has(map-pin)")
  const load = () => import("ui/maps/map-pin")
  details.addEventListener("toggle", load, { once: true })
  details.open = Boolean(address.form.elements.lat.value)
}
