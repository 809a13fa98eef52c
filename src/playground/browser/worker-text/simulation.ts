/** The code of the worker that simulates. Bundling fills this in. */
export const text = ''
