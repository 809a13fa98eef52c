/** Draws messages on a canvas, and knows the ways between nodes. */

import { colour, themeChanges } from '../theme.tsx'
import { MAX_DOTS } from './dots.ts'
import type { Drawn, DrawnNode } from './graph-painter.ts'

/** How far a way bends towards the middle. */
const BEND = 0.3
/** Where a lost message ends. */
const HALFWAY = 0.5

export class DotCanvas {
  #places = new Map<string, DrawnNode>()
  #canvas: HTMLCanvasElement | undefined
  #context: CanvasRenderingContext2D | undefined
  #drawn: Drawn | undefined
  #colours = { value: '', control: '', lost: '' }
  #count = 0
  #isClear = true
  #hasTails = true

  constructor() {
    themeChanges.addEventListener('change', () => this.#readColours())
  }

  layOut(canvas: HTMLCanvasElement, drawn: Drawn): void {
    const { width, height, nodes } = drawn
    const ratio = Math.min(2, devicePixelRatio)
    canvas.width = width * ratio
    canvas.height = height * ratio
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
    this.#canvas = canvas
    this.#context = canvas.getContext('2d') ?? undefined
    this.#context?.scale(ratio, ratio)
    this.#drawn = drawn
    this.#places = new Map(nodes.map((it) => [it.address, it]))
    this.#readColours()
  }

  begin(hasTails = true): void {
    this.#count = 0
    this.#hasTails = hasTails
    if (this.#isClear || this.#canvas === undefined) return
    this.#context?.clearRect(0, 0, this.#drawn!.width, this.#drawn!.height)
    this.#isClear = true
  }

  draw(from: string, to: string, progress: number, isValue: boolean, isLost: boolean): void {
    const way = this.#way(from, to)
    if (way === undefined) return
    const { context, a, middle, b } = way
    if (isLost && progress > HALFWAY) {
      context.globalAlpha = Math.min(1, 2.4 * (1 - progress))
      this.#cross(context, at(a, middle, b, HALFWAY))
    } else this.#dot(context, a, middle, b, progress, isValue)
    context.globalAlpha = 1
  }

  /** The way of a message that is no longer under way, fading. @param age 0 to 1 */
  trace(from: string, to: string, age: number, isLost: boolean): void {
    const way = this.#way(from, to)
    if (way === undefined) return
    const { context, a, middle, b } = way
    context.globalAlpha = 0.5 * (1 - age)
    context.strokeStyle = isLost ? this.#colours.lost : this.#colours.value
    context.lineWidth = 1.5
    context.beginPath()
    const { r } = this.#drawn!
    context.moveTo(...towards(a, middle, r + 1))
    const end = isLost ? at(a, middle, b, HALFWAY) : towards(b, middle, r + 1)
    // Half of the curve bends towards a point halfway to the whole one's.
    const bend = isLost ? ([(a.x + middle[0]) / 2, (a.y + middle[1]) / 2] as const) : middle
    context.quadraticCurveTo(bend[0], bend[1], end[0], end[1])
    context.stroke()
    context.globalAlpha = 1 - age
    if (isLost) this.#cross(context, at(a, middle, b, HALFWAY))
    context.globalAlpha = 1
  }

  /** Where to draw the next one; undefined where one of them isn't drawn, or there are enough. */
  #way(from: string, to: string) {
    const [a, b] = [this.#places.get(from), this.#places.get(to)]
    const context = this.#context
    if (a === undefined || b === undefined || context === undefined || this.#count === MAX_DOTS)
      return undefined
    this.#count += 1
    this.#isClear = false
    return { context, a, middle: this.#middle(a, b), b }
  }

  #dot(
    context: CanvasRenderingContext2D,
    a: DrawnNode,
    middle: [number, number],
    b: DrawnNode,
    progress: number,
    isValue: boolean,
  ): void {
    context.globalAlpha = isValue ? 1 : 0.5
    context.fillStyle = isValue ? this.#colours.value : this.#colours.control
    if (isValue && this.#hasTails) this.#tail(context, a, middle, b, progress)
    const [x, y] = at(a, middle, b, progress)
    context.beginPath()
    context.arc(x, y, isValue ? this.#dotSize : 1.6, 0, 2 * Math.PI)
    context.fill()
    context.globalAlpha = 1
  }

  /** The way as a path, from rim to rim; undefined where one of them isn't drawn. */
  curve(from: string, to: string): string | undefined {
    const [a, b] = [this.#places.get(from), this.#places.get(to)]
    if (a === undefined || b === undefined) return undefined
    const middle = this.#middle(a, b)
    const { r } = this.#drawn!
    const start = towards(a, middle, r + 1)
    const end = towards(b, middle, r + 3)
    return `M${start.map(round).join(' ')}Q${middle.map(round).join(' ')} ${end.map(round).join(' ')}`
  }

  get #dotSize(): number {
    return Math.max(2, Math.min(4.5, 0.32 * this.#drawn!.r + 1))
  }

  #tail(
    context: CanvasRenderingContext2D,
    a: DrawnNode,
    middle: [number, number],
    b: DrawnNode,
    progress: number,
  ): void {
    const [x, y] = at(a, middle, b, Math.max(0, progress - 0.09))
    const [tx, ty] = at(a, middle, b, progress)
    context.globalAlpha = 0.35
    context.strokeStyle = this.#colours.value
    context.lineWidth = this.#dotSize
    context.lineCap = 'round'
    context.beginPath()
    context.moveTo(x, y)
    context.lineTo(tx, ty)
    context.stroke()
    context.globalAlpha = 1
  }

  #cross(context: CanvasRenderingContext2D, [x, y]: [number, number]): void {
    context.strokeStyle = this.#colours.lost
    context.lineWidth = 2
    context.beginPath()
    context.moveTo(x - 4, y - 4)
    context.lineTo(x + 4, y + 4)
    context.moveTo(x - 4, y + 4)
    context.lineTo(x + 4, y - 4)
    context.stroke()
    context.globalAlpha = 1
  }

  #middle(a: DrawnNode, b: DrawnNode): [number, number] {
    const { width, height } = this.#drawn!
    const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2]
    return [x + BEND * (width / 2 - x), y + BEND * (height / 2 - y)]
  }

  #readColours(): void {
    this.#colours = { value: colour('dot'), control: colour('faint'), lost: colour('lost') }
  }
}

/** On the curve of Bezier from one to the other. */
function at(a: DrawnNode, [mx, my]: [number, number], b: DrawnNode, t: number): [number, number] {
  const u = 1 - t
  return [u * u * a.x + 2 * u * t * mx + t * t * b.x, u * u * a.y + 2 * u * t * my + t * t * b.y]
}

function towards({ x, y }: DrawnNode, [tx, ty]: [number, number], length: number): [number, number] {
  const distance = Math.hypot(tx - x, ty - y) || 1
  return [x + (length * (tx - x)) / distance, y + (length * (ty - y)) / distance]
}

function round(number: number): number {
  return Math.round(10 * number) / 10
}
