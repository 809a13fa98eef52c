/** The code of the worker that judges by an exercise. Bundling fills this in. */
export const text = ''
