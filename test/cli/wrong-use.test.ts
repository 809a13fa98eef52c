import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { assertRefused, root } from './run.ts'
import { runHere } from './run-here.ts'

const nowhere = '--join 127.0.0.1:1 --log-level silent'

const wrong: [command: string, says: RegExp][] = [
  ['gossip nonsense', /nonsense/],
  ['gossip statuss', /statuss[\s\S]*status/],

  ['gossip node --prot 1', /--prot/],
  ['gossip node --port', /--port/],
  [`gossip node ${nowhere} --port 65536`, /port.*0 to 65535/i],
  [`gossip node ${nowhere} --port -1`, /port/],
  [`gossip node ${nowhere} --port 7000x`, /port/],
  [`gossip node ${nowhere} --port 0 --strategy nonsense`, /no strategy "nonsense".*push/],
  [`gossip node ${nowhere} --port 0 --strategy ../push`, /no strategy/],
  [`gossip node ${nowhere} --port 0 --strategy ./nonsense.ts`, /no file .*nonsense\.ts/],
  [`gossip node ${nowhere} --port 0 --set fanuot=3`, /fanuot.*fanout/],
  [`gossip node ${nowhere} --port 0 --set fanout=many`, /fanout/],
  [`gossip node ${nowhere} --port 0 --set fanout=0`, /fanout/],
  [`gossip node ${nowhere} --port 0 --set fanout=1.5`, /fanout/],
  [`gossip node ${nowhere} --port 0 --set fanout`, /key=value/],
  [`gossip node ${nowhere} --port 0 --period soon`, /duration/],
  [`gossip node ${nowhere} --port 0 --period 0`, /at least 1ms/],
  [`gossip node ${nowhere} --port 0 --period -5s`, /period/],
  [`gossip node ${nowhere} --port 0 --period 100000h`, /at most/],
  [`gossip node ${nowhere} --port 0 --max-clock-drift later`, /duration/],
  [`gossip node ${nowhere} --port 0 --number many`, /number/],
  [`gossip node ${nowhere} --port 0 --limit maxPers=1`, /no limit "maxPers".*maxPeers/],
  [`gossip node ${nowhere} --port 0 --limit maxPeers`, /name=value/],
  [`gossip node ${nowhere} --port 0 --limit maxPeers=0`, /maxPeers must be .*1 to/],
  [`gossip node ${nowhere} --port 0 --limit maxValue=65000`, /maxValue.*more than maxLine/],
  [`gossip node ${nowhere} --port 0 --learn everything`, /learn.*loopback/],
  ['gossip cluster --limit maxPers=1', /no limit "maxPers".*maxPeers/],
  ['gossip cluster --limit maxValue=65000', /maxValue.*more than maxLine/],
  ['gossip cluster --processes --limit maxValue=65000', /maxValue.*more than maxLine/],
  ['gossip cluster --learn everything', /learn.*loopback/],
  ['gossip node --port 0 --log-level loud', /log-level.*debug/],
  ['gossip node --port 0 --join 127.0.0.1:x', /127\.0\.0\.1:x/],
  ['gossip node --port 0 --subnet 8.8.8.0/8', /8\.8\.8\.0\/8.*\/16 or longer/],
  ['gossip node --port 0 --subnet 127.0.0.0', /127\.0\.0\.0/],
  [
    'gossip node --port 0 --advertise 8.8.8.8:7000',
    /will not scan the network of 8\.8\.8\.8.*--subnet.*--join/,
  ],
  ['gossip node --port 0 --advertise 8.8.8.8', /will not scan the network of 8\.8\.8\.8/],
  ['gossip node --port 0 --advertise :', /":"/],
  [`gossip node ${nowhere} --port 0 surplus`, /argument/],

  ['gossip measure src', /src: that is a folder/],
  ['gossip view --trace src', /src: that is a folder/],
  ['gossip compare push --real src --out x.html', /src: that is a folder/],
  ['gossip compare push --resume src', /src is not a file of results/],

  ['gossip cluster --nodse 3', /--nodse[\s\S]*--nodes/],
  ['gossip cluster -n 0', /nodes.*1 to 2000/],
  ['gossip cluster -n 3.5', /nodes/],
  ['gossip cluster -n 3 --base-port 0', /base-port/],
  ['gossip cluster -n 3 --base-port 65534', /65535 is the last/],
  ['gossip cluster -n 3 --strategy nonsense', /no strategy "nonsense".*push/],
  ['gossip cluster -n 3 --set fanuot=3', /fanuot.*fanout/],
  ['gossip cluster -n 3 --period soon', /duration/],
  ['gossip cluster -n 3 --bandwidth fast', /bandwidth.*such as 50Mbit/],
  ['gossip cluster -n 3 --regions mars', /no regions "mars".*ibm-cloud/],
  ['gossip cluster -n 3 --processing -1', /processing.*ms such as 5/],
  ['gossip cluster --processes --bandwidth 50Mbit', /--bandwidth.*one process.*leave --processes out/],
  ['gossip cluster --processes --regions ibm-cloud', /--regions.*one process.*leave --processes out/],
  ['gossip cluster --processes --processing 5', /--processing.*one process.*leave --processes out/],

  ['gossip cluster -n 3 --values 0', /values.*from 1 to 50000/],
  ['gossip cluster -n 3 --rate 5/s', /rate is of a load: it needs values/],
  ['gossip cluster -n 3 --size 1KiB', /--size needs --values/],
  ['gossip cluster -n 3 --values 9 --publishers 4', /no 4 publishers among 3 nodes/],

  ['gossip simulate --strategy push --values 50001', /values.*from 1 to 50000/],
  ['gossip simulate --strategy push --values 1.5', /values.*from 1 to 50000/],
  ['gossip simulate --strategy push --values 9 --rate 5/m', /rate.*such as 20\/s/],
  ['gossip simulate --strategy push --values 9 --rate 0', /rate.*such as 20\/s/],
  ['gossip simulate --strategy push --values 9 --rate -1/s', /rate.*such as 20\/s/],
  ['gossip simulate --strategy push --values 9 --keys some', /keys.*must be new, or a whole number/],
  ['gossip simulate --strategy push --values 9 --keys 10001', /keys.*from 1 to 10000/],
  ['gossip simulate --strategy push --values 9 --publishers 0', /publishers.*must be all, or a whole/],
  ['gossip simulate --strategy push --publishers 3', /publishers is of a load: it needs values/],
  ['gossip simulate --strategy push -n 9 --values 9 --publishers 10', /no 10 publishers among 9 nodes/],
  ['gossip simulate --strategy push --values 10001', /at most 10000 keys/],
  ['gossip simulate --strategy push --values 50000 --keys 1 -n 20001', /more than 1000000000 pairs/],
  ['gossip simulate --strategy push -n 9 --values 99 --until 1s', /before all values were handed in/],
  ['gossip compare push --sweep rate=5/s,0/s --values 9', /rate.*such as 20\/s/],

  ['gossip simulate --strategy push --bandwidth 20', /bandwidth.*such as 50Mbit or 20Mbit\/100Mbit/],
  ['gossip simulate --strategy push --bandwidth 0Mbit', /bandwidth.*from 1kbit to 1000Gbit/],
  ['gossip simulate --strategy push --size 5kb', /size.*such as 1024, 2KiB/],
  ['gossip simulate --strategy push --regions README.md', /README\.md is not JSON/],
  ['gossip simulate --strategy push --regions package.json', /regions is missing/],
  ['gossip simulate --strategy push --processing soon', /processing.*ms such as 5/],
  ['gossip simulate --strategy push --rounds --bandwidth 1Mbit', /--rounds has no bandwidth: leave/],
  ['gossip simulate --strategy push --rounds --regions ibm-cloud', /--rounds has no regions: leave/],
  ['gossip simulate --strategy push --rounds --processing 1', /--rounds has no processing: leave/],
  ['gossip compare push --rounds --sweep processing=1,2', /rounds have no processing/],

  ['gossip status', /--port/],
  ['gossip status -p 0', /port/],
  ['gossip status -p 70000', /port/],
  ['gossip status -p 1 --jsn', /--jsn[\s\S]*--json/],
  ['gossip status -p 1', /127\.0\.0\.1:1: nothing listens there/],

  ['gossip get', /--port/],
  ['gossip get -p 1 a b', /too many arguments/],
  ['gossip get -p 1 a --all', /a key or --all, not both/],
  ['gossip get -p 1', /127\.0\.0\.1:1: nothing listens there/],

  ['gossip strategies --jsn', /--jsn[\s\S]*--json/],
  ['gossip memberships --jsn', /--jsn[\s\S]*--json/],

  ['propagate', /--port/],
  ['propagate -p 1', /--value/],
  ['propagate -v x', /--port/],
  ['propagate -p x -v x', /port/],
  ['propagate -p 0 -v x', /port/],
  ['propagate -p 1 -v x --valeu y', /--valeu[\s\S]*--value/],
  ['propagate -p 1 -v x --timestamp yesterday', /timestamp/],
  ['propagate -p 1 -v x --timestamp -1', /timestamp/],
  ['propagate -p 1 -v x --timestamp 9007199254740993', /timestamp/],
  ['propagate -p 1 --delete -v x', /give one of them/],
  [`propagate -p 1 -v x --key ${'k'.repeat(257)}`, /at most 256 bytes/],
  ['propagate -p 1 -v x', /127\.0\.0\.1:1: nothing listens there/],
]

/** Each help text, by the command that prints it. */
const helps = {
  'gossip --help': /\n {2}bin\/gossip cluster/,
  'propagate --help': /\n {2}\.\/bin\/propagate/,
  ...Object.fromEntries(
    'node cluster propagate get status strategies memberships simulate compare check exercises measure view playground'
      .split(' ')
      .map((it) => [`gossip help ${it}`, new RegExp(`\n  (\\./)?bin/.*${it}`)]),
  ),
}
for (const [command, example] of Object.entries(helps)) {
  test(`${command}: at most 100 columns, readable defaults, an example`, async (t) => {
    const { code, stdout, stderr } = await runHere(t, command)
    assert.deepEqual([code, stderr], [0, ''])
    for (const line of stdout.split('\n')) assert.ok(line.length <= 100, line)
    assert.doesNotMatch(stdout, /default: [{[]/)
    assert.match(stdout, example)
  })
}

test('when the help of all programs is asked for then no command is left out of these tests', async (t) => {
  const { stdout } = await runHere(t, 'gossip --help')
  const commands = [...stdout.split('Commands:')[1]!.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name)
  const tested = Object.keys(helps).flatMap((it) => /^gossip help (\w+)/.exec(it)?.[1] ?? [])
  assert.deepEqual(
    commands.filter((it) => it !== 'help'),
    tested,
  )
})

for (const command of ['gossip --version', 'gossip -V', 'propagate --version', 'propagate -V']) {
  test(`${command}: the version of the package, and nothing else`, async (t) => {
    const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
    assert.deepEqual(await runHere(t, command), { code: 0, signal: null, stdout: `${version}\n`, stderr: '' })
  })
}

for (const [command, says] of wrong) {
  test(`${command}: one line, exit code 1`, async (t) => {
    assertRefused(await runHere(t, command), says)
  })
}
