/* Draws a map on the base that the operator has chosen, or on plain paper. Loads its library only when asked to. */
const language = document.documentElement.lang === "en" ? "en" : "uk"
const words = {
  uk: {
    "Map.Title": "Мапа", "AttributionControl.ToggleAttribution": "Звідки мапа", "NavigationControl.ZoomIn": "Наблизити",
    "NavigationControl.ZoomOut": "Віддалити", "GeolocateControl.FindMyLocation": "Де я",
    "GeolocateControl.LocationNotAvailable": "Пристрій не каже, де він", "Marker.Title": "Позначка на мапі", "Popup.Close": "Закрити",
    "ScaleControl.Meters": "м", "ScaleControl.Kilometers": "км",
  },
  en: {},
}[language]

export const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches

/* `view` is {lat, lon, zoom}; without it the map shows `bounds`: [west, south, east, north]. */
export async function drawMap(element, { view, bounds, ...more } = {}) {
  const setup = JSON.parse(element.closest("[data-map]").dataset.map)
  const library = await import(setup.library)
  library.setWorkerUrl(setup.worker)
  const place = view ? { center: [view.lon, view.lat], zoom: view.zoom } : { bounds: bounds ?? setup.bounds, fitBoundsOptions: { padding: 32, maxZoom: 16 } }
  const map = new library.Map({
    container: element, style: setup.style || plain(setup), locale: words, maxZoom: 20, dragRotate: false, pitchWithRotate: false,
    touchPitch: false, fadeDuration: isStill() ? 0 : 150, attributionControl: false, ...place, ...more,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.addControl(new library.NavigationControl({ showCompass: false }))
  if (setup.credit) map.addControl(new library.AttributionControl({ compact: false, customAttribution: setup.credit }))
  map.addControl(new library.ScaleControl({ unit: "metric" }))
  await (map.isStyleLoaded() ? null : new Promise(ready => map.once("style.load", ready)))
  return { map, library }
}

function plain({ raster, own }) {
  const paper = { id: "paper", type: "background", paint: { "background-color": token("--sunken") } }
  if (own) return ourOwn(own, paper)
  if (!raster) return { version: 8, sources: {}, layers: [paper] }
  return {
    version: 8,
    sources: { base: { type: "raster", tiles: [raster], tileSize: 256, maxzoom: 19 } },
    layers: [paper, { id: "base", type: "raster", source: "base" }],
  }
}

/* The operator's file: pictures as they are, or the layers of Protomaps in our own quiet colours. Without `glyphs` names are drawn with the page's own font. */
function ourOwn({ tiles, kind, least, most }, paper) {
  const base = { type: kind, tiles: [new URL(tiles, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}")], minzoom: least, maxzoom: most }
  if (kind === "raster") return { version: 8, sources: { base: { ...base, tileSize: 256 } }, layers: [paper, { id: "base", type: "raster", source: "base" }] }
  const fill = (layer, colour, more) => ({ id: layer, type: "fill", source: "base", "source-layer": layer, paint: { "fill-color": token(colour) }, ...more })
  const line = (layer, colour, width) => ({ id: layer, type: "line", source: "base", "source-layer": layer, paint: { "line-color": token(colour), "line-width": width } })
  const names = (layer, layout, more) => ({
    id: `${layer}-names`, type: "symbol", source: "base", "source-layer": layer, filter: ["has", "name"], ...more,
    layout: { "text-field": ["coalesce", ["get", `name:${language}`], ["get", "name"]], "text-font": fonts, ...layout },
    paint: { "text-color": token("--ink-2"), "text-halo-color": token("--paper"), "text-halo-width": 1.5 },
  })
  const fonts = token("--font").split(",").map(font => font.trim().replaceAll('"', ""))
  const wider = (from, to) => ["interpolate", ["exponential", 1.6], ["zoom"], 8, from, 18, to]
  return {
    version: 8, sources: { base: base },
    layers: [paper, fill("earth", "--paper", { filter: ["==", ["geometry-type"], "Polygon"] }), fill("landuse", "--accepted-soft"),
      fill("water", "--closed-soft", { filter: ["==", ["geometry-type"], "Polygon"] }), line("boundaries", "--edge", 1),
      line("roads", "--line", wider(0.5, 14)), fill("buildings", "--line"),
      names("roads", { "symbol-placement": "line", "text-size": 12 }, { minzoom: 14 }), names("places", { "text-size": 14, "text-max-width": 8 })],
  }
}

/* A sign of a state: its own shape as well as its colour, with a rim that keeps it apart from any base. */
const corners = {
  "◆": [[0, -1], [1, 0], [0, 1], [-1, 0]], "■": [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]],
  "▢": [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]], "▲": [[0, -1], [1, 0.8], [-1, 0.8]],
}
export function sign(shape, colour, { size = 28 } = {}) {
  const pen = canvas(size)
  const middle = size / 2, reach = size / 2 - 4
  pen.beginPath()
  if (corners[shape]) for (const [x, y] of corners[shape]) pen.lineTo(middle + x * reach, middle + y * reach)
  else pen.arc(middle, middle, reach, 0, 2 * Math.PI)
  pen.closePath()
  pen.lineJoin = "round"
  pen.lineWidth = 5
  pen.strokeStyle = token("--surface")
  pen.stroke()
  pen.fillStyle = shape === "▢" || shape === "○" ? token("--surface") : colour
  pen.fill()
  pen.lineWidth = 2
  pen.strokeStyle = colour
  pen.stroke()
  return picture(pen, size)
}

/* A cluster: how many, and round it how much of each colour. `parts` are [colour, number]. */
export function ring(count, parts, { size = 46 } = {}) {
  const pen = canvas(size)
  const middle = size / 2
  pen.arc(middle, middle, middle - 1, 0, 2 * Math.PI)
  pen.fillStyle = token("--surface")
  pen.fill()
  let from = -Math.PI / 2
  const whole = parts.reduce((sum, [, part]) => sum + part, 0) || 1
  for (const [colour, part] of parts) {
    const to = from + 2 * Math.PI * part / whole
    pen.beginPath()
    pen.arc(middle, middle, middle - 4, from, to)
    pen.lineWidth = 5
    pen.strokeStyle = colour
    if (part) pen.stroke()
    from = to
  }
  pen.fillStyle = token("--ink")
  pen.font = `650 ${count > 9999 ? 11 : 13}px ${token("--font")}`
  pen.textAlign = "center"
  pen.textBaseline = "middle"
  pen.fillText(new Intl.NumberFormat(language, { notation: count > 9999 ? "compact" : "standard" }).format(count), middle, middle + 1)
  return picture(pen, size)
}

function canvas(size) {
  const pen = Object.assign(document.createElement("canvas"), { width: size * 2, height: size * 2 }).getContext("2d")
  pen.scale(2, 2)
  return pen
}
const picture = (pen, size) => pen.getImageData(0, 0, size * 2, size * 2)
