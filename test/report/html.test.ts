import assert from 'node:assert/strict'
import { test } from 'node:test'
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
