/* The square on the slip leads here with the code behind «#», which no server ever sees: put it into the form. */
const code = decodeURIComponent(location.hash.slice(1)), field = document.querySelector("[name=code]")
if (code && field && !field.value) {
  field.value = code
  history.replaceState(null, "", location.pathname + location.search)
  document.querySelector("[name=answer]")?.focus()
}
