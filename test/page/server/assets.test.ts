import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Assets } from '../../../src/page/server/assets.ts'

const IMPORT = /\b(?:from|import)\s*['"](\.[^'"\n]+)['"]/g

test('when the page runs then every module that it needs is given, and no other part of the project', async () => {
  const assets = new Assets()
  const paths = new Set(['/modules/src/page/browser/main.js'])
  for (const path of paths) {
    const asset = await assets.at(path)
    assert.ok(asset !== undefined, `${path} is not given`)
    for (const [, name] of String(asset.body).matchAll(IMPORT))
      paths.add(new URL(name!, `http://page${path}`).pathname)
  }
  assert.ok(paths.size > 30)
  for (const it of ['/modules/src/gossip/value.js', '/modules/src/daemon/daemon.js', '/modules/package.json'])
    assert.equal(await assets.at(it), undefined)
})
