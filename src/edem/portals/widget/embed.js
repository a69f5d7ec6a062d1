/* Puts a panel of the platform where this script stands. Nothing but the platform's own address is needed:
   <script src="https://…/widget/embed.js" data-show="petitions/list" data-title="Петиції" async></script> */
{
  const script = document.currentScript
  const { show = "petitions/list", theme = "", title = "е-ДЕМ" } = script.dataset
  const address = new URL(`${show.replace(/^\/+|\/+$/g, "")}/`, new URL(".", script.src))
  if (theme) address.searchParams.set("theme", theme)

  const frame = document.createElement("iframe")
  frame.src = address.href
  frame.title = title
  frame.loading = "lazy"
  frame.width = "100%"
  frame.height = "420"
  frame.setAttribute("frameborder", "0")
  script.after(frame)

  /* The panel says how tall it is; a message from anybody else is not ours. */
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== address.origin) return
    const height = Math.ceil(Number(event.data?.edemHeight))
    if (height > 0 && height < 10000) frame.height = String(height)
  })
}
