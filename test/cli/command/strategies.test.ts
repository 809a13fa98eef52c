import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonLines } from '../run.ts'
import { runHere } from '../run-here.ts'

test('strategies --json: a line for each, with name, summary, source and options', async (t) => {
  const { code, stdout, stderr } = await runHere(t, 'gossip strategies --json')
  assert.deepEqual([code, stderr], [0, ''])
  const all = jsonLines(stdout)
  for (const it of all) {
    assert.deepEqual(Object.keys(it).sort(), ['name', 'options', 'source', 'summary'])
    assert.match(it.summary, /^[^\n]{10,}$/)
    for (const option of it.options) {
      assert.deepEqual(Object.keys(option).sort(), ['default', 'description', 'name'])
      assert.match(option.description, /\w/)
    }
  }
  const names = all.map((it) => it.name)
  assert.deepEqual(names, names.toSorted())
  const push = all.find((it) => it.name === 'push')
  assert.match(push.source, /Demers et al\. 1987/)
  assert.deepEqual([push.options[0].name, push.options[0].default], ['fanout', 3])
})

test('strategies tells a reader the same', async (t) => {
  const { code, stdout } = await runHere(t, 'gossip strategies')
  assert.equal(code, 0)
  assert.match(stdout, /^push: /m)
  assert.match(stdout, /--set fanout=3/)
})

for (const command of ['', 'node', 'cluster', 'status', 'strategies']) {
  test(`help ${command} shows an example`.trim(), async (t) => {
    const { code, stdout } = await runHere(t, `gossip help ${command}`.trim())
    assert.equal(code, 0)
    assert.match(stdout, /Example:\n {2}bin\/gossip/)
  })
}

test('help of propagate shows an example', async (t) => {
  const { code, stdout } = await runHere(t, 'propagate --help')
  assert.equal(code, 0)
  assert.match(stdout, /Example:\n {2}\.\/bin\/propagate -p 7009 --value asdf/)
})
