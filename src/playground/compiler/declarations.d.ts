/** Made as the playground is bundled. */
declare module 'gossip:declarations' {
  const declarations: import('../bundle/declarations.ts').Declarations
  export default declarations
}
