/* Puts the map above the address; the form works without it. The map is our own element from the design system. */
const template = document.getElementById("pin")
const form = document.querySelector("#main form:has([name=lat])")
if (template && form) {
  form.querySelector(".fields")?.before(template.content.cloneNode(true))
  form.addEventListener("placed", ({ detail }) => { form.elements.placed_by.value = detail.accuracy_m ? "device" : "pin" })
  import("ui/maps/map-pin")
}
