/** An IPv6 address as it is printed, in brackets, is understood wherever a host is asked for. */
import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { until } from '../daemon/until.ts'
import { assertRefused, jsonLines, Running } from './run.ts'
import { runHere } from './run-here.ts'

const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some((it) => it.address === '::1'))

test('when nodes are at [::1] then they find each other, and every command reaches them there', {
  skip: !hasIPv6,
}, async (t) => {
  const one = new Running(t, 'gossip node --host [::1] --port 0 --join [::1]:1 --period 200ms')
  const [, first, port] = await one.says(/"server":"(\[::1\]:(\d+))"/)
  const two = new Running(t, `gossip node --host ::1 --port 0 --join ${first} --period 200ms`)
  await two.says(new RegExp(`found \\[::1\\]:${port}`))
  const told = await runHere(t, `propagate --host [::1] -p ${port} --value asdf`)
  assert.deepEqual([told.code, told.stdout.includes(`${first} accepted "asdf"`)], [0, true])
  await until('both hold it', async () => {
    const { stdout } = await runHere(t, `gossip status --host [::1] -p ${port} --all --json`)
    const all = jsonLines(stdout)
    return all.length === 2 && all.every((it) => it.value === 'asdf')
  })
  const view = new Running(t, `gossip view --host [::1] -p ${port} --http-host [::1] --http-port 0`)
  const [, page] = await view.says(/open (http:\/\/\[::1\]:\d+)/)
  assert.equal((await fetch(page!)).status, 200)
})

test('when nothing listens at an IPv6 address then it is named as it is typed', {
  skip: !hasIPv6,
}, async (t) => {
  const { code, stderr } = await runHere(t, 'gossip status --host [::1] -p 1')
  assert.deepEqual([code, stderr], [1, 'error: [::1]:1: nothing listens there\n'])
})

for (const command of [
  'propagate -p 1 --value x',
  'gossip status -p 1',
  'gossip view -p 1',
  'gossip node --join 127.0.0.1:1',
]) {
  test(`when ${command} is given a port with its host then that is said, and quoted`, async (t) => {
    assertRefused(await runHere(t, `${command} --host 127.0.0.1:7000`), /"127\.0\.0\.1:7000" is no host/)
  })
}
