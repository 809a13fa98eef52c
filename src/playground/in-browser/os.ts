/** In the place of `node:os`: a page runs its simulations one by one. */
export const availableParallelism = (): number => 1
