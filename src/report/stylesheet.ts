/** How a report looks on a wide screen, on a phone, in the dark and on paper: nothing is cut anywhere. */
import { DARK } from './charts/style.ts'

/** The charts are drawn for white paper; on a dark screen these stand for their colours. */
const DARK_CHARTS = Object.entries(DARK)
  .flatMap(([light, dark]) => ['fill', 'stroke'].map((it) => `svg [${it}="${light}" i] { ${it}: ${dark} }`))
  .join('\n  ')

/** A row as a card, its cells with their columns' names: where there is no room for columns. */
const cards = (tables: string): string => `
  ${tables} { display: block }
  ${tables} thead { display: none }
  ${tables} tbody { display: block }
  ${tables} tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5em, 1fr)); gap: .2em .8em; padding: .4em 0; border-bottom: 1px solid #8885; break-inside: avoid }
  ${tables} td { display: block; padding: 0; border: 0; text-align: left }
  ${tables} td:first-child { grid-column: 1 / -1; font-weight: bold }
  ${tables} td::before { content: var(--name); display: block; color: var(--pale); font-size: .8em; font-weight: normal }`

export const STYLE = `
:root { color-scheme: light dark; --pale: #595959; --paper: #fff }
body { font: 15px/1.5 Helvetica, Arial, sans-serif; max-width: 96rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem }
pre { padding: .6rem .8rem; border: 1px solid #8885; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; margin-bottom: .5rem }
th, td { padding: .25rem .5rem; border-bottom: 1px solid #8885; text-align: right; vertical-align: top; overflow-wrap: break-word }
th:first-child, td:first-child { text-align: left }
.note, .settings { max-width: 60rem; margin: .3rem 0 1rem } .note { color: var(--pale) } .settings { margin: .3rem 0 }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: 1rem; align-items: start }
figure { margin: 0; background: var(--paper); border: 1px solid #8885; border-radius: 6px; overflow: hidden }
figure svg { width: 100%; height: auto; display: block }
dl { display: grid; grid-template-columns: minmax(6rem, auto) minmax(0, 1fr); gap: .2rem 1rem; max-width: 60rem }
dt { font-weight: bold } dd { margin: 0 }
@media screen and (max-width: 64rem) {${cards('table:not(.few)')}
}
@media screen and (max-width: 90rem) {${cards('table.many')}
}
@media screen and (prefers-color-scheme: dark) {
  :root { --pale: #aaaaaa; --paper: ${DARK['#ffffff']} }
  ${DARK_CHARTS}
}
@media print {
  @page { size: A4; margin: 14mm }
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt }
  table { font-size: 7.5pt }
  th, td { padding: .15rem .25rem }
  tr { break-inside: avoid }
  .charts { display: block }
  figure { break-inside: avoid; margin-bottom: 1rem; max-width: 150mm }
${cards('table.many')}
}
`
