/** A process that loads zod, and does nothing. */
import 'zod'
