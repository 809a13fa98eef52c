import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOnly, folders, importsOf, sourcesOf } from './source.ts'

test('when the folders of src are listed then those that the rules are about are there, with files in them', () => {
  for (const folder of ['gossip', 'strategy', 'network', 'measure', 'daemon', 'cli', 'loader']) {
    assert.ok(folders().includes(folder), folder)
    assert.notEqual(sourcesOf(folder).length, 0, folder)
  }
  assert.ok(sourcesOf('gossip').some(({ path }) => path === 'gossip/view/pick.ts'))
})

const imports = [
  { text: "import { a } from 'zod'", found: ['zod'] },
  { text: "import type { A } from './a.ts'", found: ['gossip/'] },
  { text: "export { a } from '../../daemon/a.ts'", found: ['daemon/'] },
  { text: "import {\n  a,\n  b,\n} from '../node.ts'", found: ['gossip/'] },
  { text: "import 'node:fs'", found: ['node:fs'] },
  { text: "const a = await import('../../cli/main.ts')", found: ['cli/'] },
  { text: "import { a } from '../../../test/a.ts'", found: ['../'] },
  { text: "const fields = ['from', 'zod']", found: [] },
  { text: "// import { a } from 'zod'\n/* import 'node:fs' */", found: [] },
]
for (const { text, found } of imports) {
  test(`when a file in gossip/view says ${JSON.stringify(text)} then it imports ${found.join() || 'nothing'}`, () => {
    assert.deepEqual(importsOf({ path: 'gossip/view/some.ts', text }), found)
  })
}

test('when comments and quoted text are left out then code stays, that in templates too', () => {
  const text = "a('Date // b') /* Date */ + `$" + '{now} // c` // Date\n + d("it\'s") /** Date\n */ e'
  assert.equal(codeOnly(text), "a('')   + `$" + "{now} // c`  \n + d('')   e")
})
