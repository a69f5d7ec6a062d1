/* Tells the page around how tall the panel is, so that no second scrollbar appears. */
const tell = () => parent.postMessage({ edemHeight: document.documentElement.offsetHeight }, "*")
if (parent !== window) new ResizeObserver(tell).observe(document.documentElement)
