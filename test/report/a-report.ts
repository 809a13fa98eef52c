/** A small report, made of real runs. */
import { Curves, sampleCurve } from '../../src/experiment/curves.ts'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'
import { Summary } from '../../src/experiment/summary.ts'
import { predictionsFor } from '../../src/experiment/theory.ts'
import { only } from '../../src/gossip/population.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { type Report, type ReportRow, reportRow } from '../../src/report/report.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import infectAndDie from '../../src/strategy/infect-and-die.ts'

const RUNS = 4
const NODES = 60

function rowOf(strategy: string, fanout: number): ReportRow {
  const population = only(protocol('infect-and-die', infectAndDie, { fanout }))
  const settings = { ...RUN_DEFAULTS, nodes: NODES }
  const summary = new Summary()
  const curves = new Curves()
  for (let run = 0; run < RUNS; run++) {
    const { result, curve } = simulate({ ...settings, population, seed: 1, run })
    summary.add(result)
    curves.add(sampleCurve(curve(), NODES))
  }
  return reportRow(
    { strategy, options: { fanout }, swept: { fanout }, summary, curves },
    predictionsFor(population, settings),
  )
}

export function aReport(strategy = 'infect-and-die', fanouts: readonly number[] = [1, 2, 3]): Report {
  return {
    title: strategy,
    command: `bin/gossip compare ${strategy}`,
    version: '1.2.3',
    seed: 1,
    unit: 'ms',
    settings: { nodes: String(NODES) },
    rows: fanouts.map((it) => rowOf(strategy, it)),
    compared: [],
    verdicts: [],
    real: [],
  }
}
