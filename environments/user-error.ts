/**
 * An error that says all its reader needs: what happened, where, and what to do. Whoever prints it prints its message only; a stack trace
 * would bury it. main.ts and the command line do so.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** It was asked in a way that nothing is known for: a wrong option, or a name that does not exist. A command line exits by 64 then. */
export class UsageError extends UserError {
  override readonly name = "UsageError";
}
