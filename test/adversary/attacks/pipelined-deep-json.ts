import { pipelining } from '../pipelining.ts'

export default pipelining(
  'JSON 30,000 levels deep',
  () => `{"type":"status","more":${'['.repeat(30_000)}${']'.repeat(30_000)}}\n`,
)
