/**
 * Records that external-dns left in Route 53: it never deletes by mistake of a cluster (policy `upsert-only`), so they outlive it and lead nowhere.
 * Whose a record is, the TXT record beside it says. Sources: external-dns, docs/registry/txt.md; prefix and owner: the add-on external-dns.
 */
import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  type ListResourceRecordSetsCommandOutput,
  paginateListHostedZones,
  type ResourceRecordSet,
  type Route53Client,
} from "@aws-sdk/client-route-53";
import type { LeftOver } from "./left-over.ts";

/** A record and the one that says whose it is. */
export interface OwnedRecord {
  readonly target: ResourceRecordSet | undefined;
  readonly owner: ResourceRecordSet;
  /** For example A. */
  readonly type: string;
  /** With a dot at its end, as Route 53 writes it. */
  readonly name: string;
  /** For example "ingress shop/web". */
  readonly madeFor: string;
}

const txtName = /^external-dns-(a|aaaa|cname)\.(.+)$/;
/** How Route 53 writes `*`, and what the add-on has external-dns write for it in names of TXT records. */
const [star, wildcard] = ["\\052.", "any."];

/** Records of a zone that external-dns of this cluster owns. Pure. */
export function ownedBy(cluster: string, sets: readonly ResourceRecordSet[]): OwnedRecord[] {
  return sets.flatMap((owner) => {
    const [, kind = "", rest = ""] = txtName.exec(owner.Name ?? "") ?? [];
    const text = owner.Type === "TXT" ? (owner.ResourceRecords?.[0]?.Value ?? "") : "";
    if (kind === "" || !text.includes(`heritage=external-dns,external-dns/owner=${cluster},`)) return [];
    const type = kind.toUpperCase();
    const named = (name: string) => sets.find((set) => set.Name === name && set.Type === type && set.SetIdentifier === owner.SetIdentifier);
    const starred = rest.startsWith(wildcard) ? star + rest.slice(wildcard.length) : rest;
    const target = named(rest) ?? named(starred);
    const [source = "", ...object] = (/external-dns\/resource=([^",]+)/.exec(text)?.[1] ?? "").split("/");
    return [{ target, owner, type, name: target?.Name ?? rest, madeFor: `${source} ${object.join("/")}`.trim() }];
  });
}

/** Those of every zone of the account. */
export async function dnsRecords(client: Route53Client, cluster: string): Promise<LeftOver[]> {
  const found: LeftOver[] = [];
  for await (const { HostedZones = [] } of paginateListHostedZones({ client }, {})) {
    for (const { Id: zone = "" } of HostedZones) {
      for (const { owner, type, name, madeFor } of ownedBy(cluster, await setsOf(client, zone))) {
        const host = name.replace(star, "*.").replace(/\.$/, "");
        found.push({ kind: "DNS record", id: idOf(zone, owner), name: `${host} ${type}`, madeFor, data: false });
      }
    }
  }
  return found;
}

/** Deletes a record with the one that says whose it is, both or none; nothing where it is somebody else's by now. */
export async function deleteRecord(client: Route53Client, cluster: string, id: string): Promise<void> {
  const zone = id.slice(0, id.indexOf(" "));
  const owned = ownedBy(cluster, await setsOf(client, zone)).find(({ owner }) => idOf(zone, owner) === id);
  if (!owned) return;
  const sets = [owned.target, owned.owner].filter((set) => set !== undefined);
  const Changes = sets.map((ResourceRecordSet) => ({ Action: "DELETE" as const, ResourceRecordSet }));
  await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } }));
}

const idOf = (zone: string, { Name, SetIdentifier = "" }: ResourceRecordSet) => `${zone} ${Name} ${SetIdentifier}`.trim();

async function setsOf(client: Route53Client, HostedZoneId: string): Promise<ResourceRecordSet[]> {
  const all: ResourceRecordSet[] = [];
  let start: Omit<ListResourceRecordSetsCommandInput, "HostedZoneId"> | undefined = {};
  while (start) {
    const page: ListResourceRecordSetsCommandOutput = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId, ...start }));
    all.push(...(page.ResourceRecordSets ?? []));
    const { NextRecordName, NextRecordType, NextRecordIdentifier } = page;
    const next = { StartRecordName: NextRecordName, StartRecordType: NextRecordType, StartRecordIdentifier: NextRecordIdentifier };
    start = page.IsTruncated ? next : undefined;
  }
  return all;
}
