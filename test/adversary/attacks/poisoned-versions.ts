import { GREATEST, poisoned } from '../poison.ts'

/** Of values that nobody has, as a question, an answer or an announcement. */
const versions = [`${GREATEST}-zzzzzzzzzzzzzzzzzzzzzzzzz`, `${Date.now() + 59_000}-0`, '', 'x'.repeat(60_000)]

export default poisoned('versions are asked for and announced that nobody has', {
  options: '--strategy plumtree',
  lines: (addresses) =>
    ['127.0.0.1:9', ...addresses].flatMap((from) =>
      versions.flatMap((version) => ['have', 'ask'].map((type) => ({ type, version, from, peers: [] }))),
    ),
})
