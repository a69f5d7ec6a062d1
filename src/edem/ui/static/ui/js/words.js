/* The few sentences that scripts say, with Ukrainian and English plurals, and numbers as the page writes them. */
const language = document.documentElement.lang === "en" ? "en" : "uk"
const rules = new Intl.PluralRules(language)
const sentences = {
  uk: {
    left: { one: "Лишився # знак", few: "Лишилося # знаки", many: "Лишилося # знаків" },
    over: { one: "Зайвий # знак", few: "Зайві # знаки", many: "Зайвих # знаків" },
    days: { one: "лишився # день", few: "лишилося # дні", many: "лишилося # днів" },
    hours: { one: "лишилася # година", few: "лишилося # години", many: "лишилося # годин" },
    minutes: { one: "лишилася # хвилина", few: "лишилося # хвилини", many: "лишилося # хвилин" },
    asOf: "Станом на", restored: "Ми зберегли те, що ви писали раніше.", ended: "строк минув", tooBig: "Файл завеликий",
    changed: "Стан змінився.", anew: "Оновити сторінку",
  },
  en: {
    left: { one: "# character left", other: "# characters left" },
    over: { one: "# character too many", other: "# characters too many" },
    days: { one: "# day left", other: "# days left" },
    hours: { one: "# hour left", other: "# hours left" },
    minutes: { one: "# minute left", other: "# minutes left" },
    asOf: "As of", restored: "We kept what you wrote before.", ended: "the deadline has passed", tooBig: "The file is too big",
    changed: "The state has changed.", anew: "Refresh the page",
  },
}[language]

export const number = value => new Intl.NumberFormat(language, { useGrouping: "always" }).format(value)
export const say = name => sentences[name]
export const count = (name, n) => (sentences[name][rules.select(n)] ?? sentences[name].many ?? sentences[name].other).replace("#", number(n))
export const clock = at => new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Kyiv" }).format(at)
