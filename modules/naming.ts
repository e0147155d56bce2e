/** How a module names things in AWS without knowing its stack: the stack hands it this function. */

/** `<project>-<environment>-<thing>` for a thing, for example "flow-logs". */
export type Namer = (thing: string) => string;
