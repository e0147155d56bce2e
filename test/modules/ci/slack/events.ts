/** Events in the forms that AWS documents, with names of ours, by their subject. */
export * from "./events/alarms.ts";
export * from "./events/delivery.ts";
export * from "./events/envelopes.ts";
export * from "./events/others.ts";
export * from "./events/security.ts";
