/**
 * Many comparisons at once: of twenty between things that are alike one is significant by chance. So each probability
 * is raised until the chance of even one false alarm among all is at most the level that one compares it with (Holm
 * 1979, "A simple sequentially rejective multiple test procedure").
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, i) => i).sort((a, b) => probabilities[a]! - probabilities[b]!)
  const adjusted = probabilities.map(() => 1)
  let most = 0
  for (const [place, i] of order.entries()) {
    most = Math.max(most, Math.min(1, (order.length - place) * probabilities[i]!))
    adjusted[i] = most
  }
  return adjusted
}
