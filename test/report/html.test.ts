import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FIGURES } from '../../src/measure/figures.ts'
import { CHARTS } from '../../src/report/charts/all.ts'
import { DARK, lookOf, MOST_ROWS } from '../../src/report/charts/style.ts'
import { MEANINGS } from '../../src/report/column-help.ts'
import { html } from '../../src/report/html.ts'
import { aReport } from './a-report.ts'

test('when a report is written then it holds the command, a line a row, the formula, and a chart of each kind', () => {
  const text = html(aReport(), '2026-01-31')
  assert.ok(text.includes('<pre>bin/gossip compare infect-and-die</pre>'))
  assert.equal(text.match(/<td>infect-and-die<\/td>/g)?.length, 3)
  assert.ok(text.includes('r = e^(-f(1-r))'))
  for (const title of [
    'Nodes that have the value',
    'Residue against traffic',
    'Cost: messages a node',
    'Delay of first copies',
    'residue over fanout',
    'tLast over fanout',
  ]) {
    assert.ok(text.includes(title), title)
  }
  assert.equal(text.match(/<svg /g)?.length, 7)
})

test('when a report is written then it loads nothing and runs nothing', () => {
  const text = html(aReport(), '2026-01-31')
  assert.doesNotMatch(text, /<script|<link|<iframe|src=|@import|url\((?!#)/i)
  assert.doesNotMatch(text.replaceAll(/xmlns(:xlink)?="[^"]*"/g, ''), /https?:/)
})

test('when a name is markup then it is text', () => {
  const text = html(aReport('<img src=x onerror=alert(1)>'), '2026-01-31')
  assert.ok(!text.includes('<img'))
  assert.ok(text.includes('&lt;img src=x onerror=alert(1)&gt;'))
})

test('when a report is written then it tells the version, the day, the seed, and every setting and option', () => {
  const text = html(aReport(), '2026-01-31')
  assert.ok(text.includes('gossip 1.2.3, 2026-01-31'))
  assert.ok(text.includes('seed 1, nodes 60'))
  assert.ok(html({ ...aReport(), settings: { latency: '1..10' } }, '').includes('latency 1..10 ms'))
  const rows = aReport().rows.map((it) => ({ ...it, swept: {}, options: { fanout: 7, name: 'a"<b' } }))
  assert.ok(html({ ...aReport(), rows }, '').includes('infect-and-die: fanout 7, name a&quot;&lt;b'))
})

test('when bounds were expected then it tells of each row whether they hold', () => {
  const verdicts = [
    { label: 'push', bound: 'residue<=0', holds: true, seen: 'all 4 runs keep it' },
    { label: 'pull', bound: 'traffic<1', holds: false, seen: 'run 0 has 2' },
  ]
  const text = html({ ...aReport(), verdicts }, '')
  assert.ok(text.includes('<td>push</td><td>residue&lt;=0</td><td>holds</td><td>all 4 runs keep it</td>'))
  assert.ok(text.includes('<td>pull</td><td>traffic&lt;1</td><td>violated</td><td>run 0 has 2</td>'))
})

test('when a table has a column then the report says what it is', () => {
  const verdicts = [{ label: 'a', bound: 'b', holds: true, seen: 'c' }]
  const text = html({ ...aReport(), verdicts }, '')
  const heads = new Set([...text.matchAll(/<th>(.*?)<\/th>/g)].map(([, it]) => it!))
  assert.ok(heads.size > 15)
  const explained = new Map([...text.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, a, b]) => [a, b!]))
  for (const it of heads) assert.ok((explained.get(it) ?? '').length > 5, it)
  const swept = [...explained].filter(([, it]) => it.includes('was swept')).map(([name]) => name)
  assert.deepEqual(swept, ['fanout'])
  assert.deepEqual(Object.keys(MEANINGS).sort(), [...FIGURES].sort())
})

test('when a row had a membership then what its overlay was is a table of its own, and each column is explained', () => {
  const [row, ...others] = aReport().rows
  assert.doesNotMatch(html(aReport(), ''), /<th>overlay</)
  const spread = { median: 4.94, low: 4.9, high: 5, mean: 4.94 }
  const text = html(
    { ...aReport(), rows: [{ ...row!, overlay: { degree: spread, last: spread } }, ...others] },
    '',
  )
  const [, table = ''] = /<th>overlay<\/th>(.*?)<\/table>/s.exec(text) ?? []
  assert.deepEqual(
    [...table.matchAll(/<th>(.*?)<\/th>/g)].map(([, it]) => it),
    ['degree', 'last'],
  )
  assert.match(table, /4\.94 \[4\.9-5\]/)
  for (const it of ['overlay', 'degree', 'last']) assert.match(text, new RegExp(`<dt>${it}</dt><dd>.{20,}`))
})

test('when rows are as many as a chart has then no two of them look alike, and the legend names all', () => {
  const looks = Array.from({ length: MOST_ROWS }, (_, i) => lookOf(i))
  const pairs = (...of: ('color' | 'dash' | 'symbol')[]) =>
    new Set(looks.map((it) => JSON.stringify(of.map((name) => it[name])))).size
  assert.ok(MOST_ROWS >= 24)
  assert.equal(pairs('color', 'dash'), MOST_ROWS)
  assert.equal(pairs('color', 'symbol'), MOST_ROWS)
  assert.ok(pairs('dash', 'symbol') > 20, 'without colours, too')
  const [row] = aReport().rows
  const rows = looks.map((_, i) => ({ ...row!, label: `row ${i}` }))
  for (const name of ['curve', 'delay', 'residue-traffic'] as const) {
    const { legend } = CHARTS[name]({ ...aReport(), rows }) as { legend: { data: string[] } }
    assert.deepEqual(
      legend.data,
      rows.map(({ label }) => label),
    )
  }
})

test('when a chart has a colour that is dark then the style has a lighter one for the dark', () => {
  const text = html(aReport(), '')
  const dark = /prefers-color-scheme: dark\) \{(.*?)\n\}/s.exec(text)?.[1] ?? ''
  const used = new Set(
    [
      ...text.matchAll(/<text [^>]*fill="(#\w+)"/g),
      ...text.matchAll(/<path [^>]*stroke="(#\w+)"(?! stroke-width="0")/g),
    ].map(([, it]) => it!.toLowerCase()),
  )
  const bright = (color: string) =>
    [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(color.slice(at, at + 2), 16), 0) / 3
  assert.ok(used.size > 3)
  for (const color of used) {
    if (bright(color) > 110 && bright(color) < 200) continue
    assert.ok(color in DARK && dark.includes(`"${color}"`), color)
  }
})
