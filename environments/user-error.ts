/**
 * An error that says all its reader needs: what happened, where, and what to do. Whoever prints it prints its message only; a stack trace
 * would bury it. main.ts and the command line do so.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
}
