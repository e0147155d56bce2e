/** Texts without what differs between environments by nature: names, account ids, ids that AWS gave. */

/** Turns a text of one environment into the one that it would be in any. Made once per environment. */
export function normalizer(environment: string): (text: string) => string {
  const name = environment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // Letters and digits only: `dev` in mainline-dev-x and dev_x, not in devices.
  const named = new RegExp(`(?<![A-Za-z0-9])${name}(?![A-Za-z0-9])`, "g");
  return (text) => text.replace(named, "<env>").replace(given, mark);
}

/** Ids as EC2 and others write them, account ids, UUIDs. */
const given = /\b([a-z]{1,12}-)[0-9a-f]{8,17}\b|\b\d{12}\b|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/g;

function mark(_: string, prefix: string | undefined): string {
  return prefix === undefined ? "<id>" : `${prefix}<id>`;
}
